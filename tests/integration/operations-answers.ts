import { beforeEach } from 'vitest';
import {
  backgroundFunctions,
  backgroundServer,
  type ServerRun,
  type StatedEffect,
} from '@/server/integrations/background/port';
import { PortalError } from '@/server/platform/errors';
import { ago, emptyAll, put } from './bare-rows';
import { rowsOf, rowsPastGuards } from './database';

export const endedAt = new Date('2026-11-01T00:00:00Z');
/** What the server was asked, and which failures were reported to functions. */
export const asked: { calls: string[]; answers: Record<string, ServerRun | null | PortalError> } = {
  calls: [],
  answers: {},
};

/** A server and two functions of which a test says what they answer; the rows are empty before each. */
export function bindAnswers(): void {
  beforeEach(bind);
}
async function bind(): Promise<void> {
  await emptyAll();
  await rowsPastGuards('DELETE FROM function_pause');
  await rowsOf(
    `INSERT INTO organisation (id, name_vi, name_en) VALUES (1, 'Sapoche', 'Sapoche') ON CONFLICT DO NOTHING`,
  );
  Object.assign(asked, { calls: [], answers: {} });
  backgroundServer.bind({
    findRun: async (id) => {
      asked.calls.push(`find ${id}`);
      const answer = asked.answers[id] ?? null;
      if (answer instanceof PortalError) throw answer;
      return answer;
    },
    cancelRun: async (id) => void asked.calls.push(`cancel ${id}`),
    readQueue: async () => 'unreported',
  });
  const effectsOf = (name: string | null, data: unknown) =>
    name === 'a/b' ? ((data as { effects?: StatedEffect[] }).effects ?? []) : [];
  const functionOf = (id: string) => ({
    ...{ id, effectsOf },
    reportFailure: async (name: string | null, data: unknown, code: string) =>
      void asked.calls.push(`${id} failed ${name} ${JSON.stringify(data)} ${code}`),
  });
  backgroundFunctions.bind(async () => ['order', 'pos-order'].map(functionOf));
}

const ENDED = ['completed', 'failed', 'cancelled'];
export const run = (run_id: string, state: string, more: object = {}) => ({
  ...{ run_id, state, event_name: 'a/b', ended_at: ENDED.includes(state) ? ago(60) : null },
  ...more,
});
export const runs = (...all: object[]) => put('background_run', ...(all as Record<string, unknown>[]));
export async function event(data: object, name = 'a/b'): Promise<string> {
  const id = crypto.randomUUID();
  await put('outbox_event', { id, name, data, published_at: ago(1) });
  return id;
}
export const effects = (...keys: [kind: string, key: string, count?: number][]) => ({
  effects: keys.map(([kind, key, count]) => ({ kind, key, ...(count ? { count } : {}) })),
});
export const states = async () =>
  (
    await rowsOf<{ line: string }>(
      `SELECT concat_ws(' ', run_id, state, error_code) AS line FROM background_run ORDER BY run_id`,
    )
  ).map(({ line }) => line);
export const published = async (name: string) =>
  (await rowsOf<{ data: object }>('SELECT data FROM outbox_event WHERE name = $1 ORDER BY id', [name])).map(
    ({ data }) => data,
  );
export const trail = () =>
  rowsOf('SELECT actor_id AS by, action, entity, entity_id AS of, detail FROM audit_entry ORDER BY entity_id');
