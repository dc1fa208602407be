import { beforeAll } from 'vitest';
import * as operations from '@/server/modules/core/operations/queries';
import type { ListRuns } from '@/server/modules/core/operations/schema';
import { rowsPastGuards, withDatabase } from './database';
import { idOf, makeReadFixture } from './read-fixture';
import { type Cases, describeReads, each, pages } from './read-models';

withDatabase();

const runOf = (n: number) => `R${String(n).padStart(2, '0')}`;

type Given = {
  n: number;
  of: string;
  state: string;
  about?: [kind: string, ...ids: string[]];
  parts?: Record<string, string>;
};

/** A run as it was recorded; its times are minutes of one morning, `n` after another. */
function run({ n, of, state, about = ['order'], parts = {} }: Given): string {
  const [kind, ...ids] = about;
  const at = (second: string) => `'2026-10-05T01:${String(n).padStart(2, '0')}:${second}Z'`;
  const value = (name: string, otherwise = 'NULL') => parts[name] ?? otherwise;
  const ended = ['completed', 'failed', 'cancelled'].includes(state) ? at('30') : 'NULL';
  return `INSERT INTO background_run (run_id, function_id, event_name, event_ids, subject_kind, subject_ids, tier, state, state_at, error_code, attempts,
      started_at, last_seen_at, ended_at, replay_of, replayed_at, resolved_at)
    VALUES ('${runOf(n)}', '${of}', 'x/y', ARRAY[]::text[], ${ids.length > 0 ? `'${kind}'` : 'NULL'}, ARRAY[${ids.map((id) => `'${id}'`)}]::text[], ${value('tier')}, '${state}', ${at('30')},
      ${value('error')}, ${value('attempts', '0')}, ${at('00')}, ${at('40')}, ${ended}, ARRAY[${value('replayOf', '')}]::text[], ${value('replayed')}, ${value('resolved')});`;
}

const order = (n: number) => idOf('order', n);
const RUNS = [
  run({
    n: 1,
    of: 'order',
    state: 'failed',
    about: ['order', order(1), order(3)],
    parts: { error: "'lis_refused'", tier: "'standard'" },
  }),
  run({
    n: 2,
    of: 'order',
    state: 'failed',
    about: ['order', order(1), order(4)],
    parts: { error: "'lis_refused'", tier: "'vip1'", attempts: '3' },
  }),
  run({ n: 3, of: 'order', state: 'failed', about: ['order', order(2)], parts: { replayed: "'2026-10-05T02:00Z'" } }),
  run({
    n: 4,
    of: 'order',
    state: 'failed',
    about: ['order', order(2)],
    parts: { resolved: "'2026-10-05T02:00Z'", error: "'TypeError'" },
  }),
  run({
    n: 5,
    of: 'notifications',
    state: 'retrying',
    about: ['order', order(5)],
    parts: { error: "'sms_unavailable'", attempts: '2' },
  }),
  run({ n: 6, of: 'notifications', state: 'paused' }),
  run({ n: 7, of: 'notifications', state: 'running' }),
  run({ n: 8, of: 'order', state: 'completed', about: ['order', order(2)], parts: { replayOf: `'${runOf(3)}'` } }),
  run({
    n: 9,
    of: 'orders-bulk-upload',
    state: 'failed',
    about: ['upload', idOf('upload', 1)],
    parts: { tier: "'standard'" },
  }),
  run({
    n: 10,
    of: 'doctor-statement',
    state: 'failed',
    about: ['statement-run', idOf('run', 1)],
    parts: { error: "'no_answer'" },
  }),
  run({ n: 11, of: 'generate-statement-pdf', state: 'cancelled', about: ['statement', idOf('statement', 1)] }),
  run({ n: 12, of: 'send-otp', state: 'completed', about: ['statement-link', idOf('link', 1)] }),
].join('\n');

const AROUND = `
  INSERT INTO background_step (run_id, step_id, name, state, attempts, started_at, last_seen_at, ended_at, error_code) VALUES
    ('R01', 'b', 'lis', 'failed', 2, '2026-10-05T01:01:10Z', '2026-10-05T01:01:20Z', '2026-10-05T01:01:20Z', 'lis_refused'),
    ('R01', 'a', 'prepare', 'completed', 1, '2026-10-05T01:01:01Z', '2026-10-05T01:01:05Z', '2026-10-05T01:01:05Z', NULL),
    ('R02', 'a', 'prepare', 'running', 1, '2026-10-05T01:01:01Z', '2026-10-05T01:01:05Z', NULL, NULL);
  INSERT INTO function_pause (function_id, paused_at, paused_by, reason) VALUES ('notifications', '2026-10-05T00:00Z', '${idOf('user', 5)}', 'cổng bận'),
    ('send-otp', '2026-10-05T00:30Z', NULL, 'thử');
  INSERT INTO function_pace (function_id, minute, completed) VALUES ('order', now() - interval '1 minute', 5), ('order', now() - interval '20 minutes', 7),
    ('order', now() - interval '61 minutes', 100), ('notifications', now() - interval '30 minutes', 2);
  INSERT INTO outbox_event (name, data, created_at, published_at, not_before) VALUES ('a', '{}', now() - interval '1 minute', NULL, now()), ('a', '{}', now() - interval '2 minutes', NULL, now() + interval '59 minutes'),
    ('a', '{}', now() - interval '5 seconds', NULL, now()), ('a', '{}', now() - interval '1 minute', now(), now()), ('b', '{}', now() - interval '1 day', NULL, now() + interval '1 day');
  INSERT INTO instance_fact (key, value, at) VALUES ('relay', '{}', '2026-10-05T00:00Z') ON CONFLICT (key) DO UPDATE SET at = excluded.at;
  INSERT INTO upload (id, kind, file_name, storage_key, sha256, bytes, header, currency, tier, state, rows, valid, written, net_total, created_at, state_at, committed_at, failure) VALUES
    ('${idOf('upload', 4)}', 'orders', 'c.csv', 'u4', repeat('0', 64), 1, '{}', 'VND', 'vip1', 'committing', 100, 100, 40, 5, now() - interval '3 minutes', now() - interval '3 minutes', now() - interval '3 minutes', NULL),
    ('${idOf('upload', 5)}', 'orders', 'd.csv', 'u5', repeat('0', 64), 1, '{}', 'VND', 'standard', 'committing', 50, 50, 0, 6, now() - interval '3 minutes', now() - interval '3 minutes', now() - interval '3 minutes', NULL),
    ('${idOf('upload', 6)}', 'orders', 'e.csv', 'u6', repeat('0', 64), 1, '{}', 'VND', 'standard', 'failed', 50, 50, 0, 7, now() - interval '3 minutes', now() - interval '3 minutes', now() - interval '3 minutes', '{"code":"x"}');
  INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, header, currency, tier, state, rows, valid, written, state_at, committed_at, finished_at) SELECT 'orders', 'f.csv', 'u' || n, repeat('0', 64), 1, '{}', 'VND',
    'svip1', 'committed', n, n, n, now(), now(), now() - make_interval(mins => n) FROM unnest(ARRAY[30, 59, 61]) n;
  INSERT INTO audit_entry (at, actor_kind, actor_id, action, entity, entity_id, correlation_id) VALUES ('2026-10-01T02:01Z', 'system', 'x', 'order.prepared', 'order', '${order(1)}', 'x'),
    ('2026-10-01T02:02Z', 'system', 'x', 'order.prepared', 'order', '${order(1)}', 'x'), ('2026-10-01T02:00Z', 'system', 'x', 'order.other', 'order', '${order(1)}', 'x'),
    ('2026-08-01T02:01Z', 'system', 'x', 'statement-run.started', 'statement-run', '${idOf('run', 1)}', 'x');
  INSERT INTO upload_outcome (upload_id, "row", order_id, at) SELECT '${idOf('upload', 4)}', n, uuidv7(), now() - interval '1 minute' * CASE WHEN n <= 10 THEN 1 WHEN n <= 25 THEN 20 ELSE 70 END FROM generate_series(1, 40) n;
  INSERT INTO message (id, dedupe_key, template, channel, recipient, language, state, created_at, sent_at) VALUES (uuidv7(), 'order-1', 'order-paid', 'sms', 'x', 'vi', 'sent', '2026-10-01T00:00Z', '2026-10-01T00:01Z'),
    (uuidv7(), 'order-2', 'order-paid', 'sms', 'x', 'vi', 'failed', now() - interval '29 days', NULL), (uuidv7(), 'order-3', 'order-paid', 'sms', 'x', 'vi', 'failed', now() - interval '31 days', NULL);
  INSERT INTO effect_receipt (effect_key, kind, at) VALUES ('revenue-order:${order(1)}', 'revenue', '2026-10-01T05:00Z');
`;

beforeAll(async () => {
  await makeReadFixture();
  for (const part of [RUNS, AROUND]) await rowsPastGuards(part);
});

/** What is about now is compared without its moment. */
const timeless = <Row extends object>(rows: Row[]) => rows.map((row) => ({ ...row, since: undefined }));
const runs = async (input: Partial<ListRuns>) =>
  (await operations.listRuns({ limit: 50, ...input } as ListRuns)).rows.map(({ runId }) => runId).join(' ');

const OPERATIONS: Cases = {
  causes: async () => timeless(await operations.findCauses()),
  lanes: () => operations.readLanes(),
  failures: () => operations.findFailures(),
  ...each(['R01', 'R02', 'R09', 'R10', 'R11', 'R12', 'R06'], 'reach of …', (id) => operations.impactOfRuns([id])),
  'reach of some together': () => operations.impactOfRuns(['R01', 'R02', 'R09']),
  functions: async () => (await operations.countFunctions()).toSorted((a, b) => (a.functionId < b.functionId ? -1 : 1)),
  'relay was seen': () => operations.relaySeenAt(),
  ...each([1, 2, 3, 8, 9, 10, 12], 'run …', (n) => operations.findRun(runOf(n))),
  'run that is not there': () => operations.findRun('no'),
  steps: () => operations.stepsOf('R01'),
  list: () => pages((paging) => operations.listRuns(paging as ListRuns)),
  'list of a function': () => runs({ functionId: 'order' }),
  'list of a state': () => runs({ state: 'failed' }),
  'list of what is open': () => runs({ open: true }),
  'list of a tier': () => runs({ tier: 'vip1' }),
  'list of a cause': () => runs({ errorCode: 'lis_refused' }),
  'list of what has no cause': () => runs({ errorCode: 'unknown' }),
  ...each(['R05', 'q1-261001-0001', 'THÁNG 10', 'x'], 'list for …', (search) => runs({ search })),
  receipts: () =>
    operations
      .findEffectStates([
        `accession:${order(1)}`,
        `accession:${order(2)}`,
        `lis-order:${order(8)}`,
        `lis-order:${order(1)}`,
        `lis-order:${order(5)}`,
        `document:${order(1)}:receipt:vi`,
        `document:${order(2)}:receipt:vi`,
        'message:order-1',
        'message:order-2',
        `upload:${idOf('upload', 1)}`,
        `upload:${idOf('upload', 4)}`,
        `statement-run:${idOf('run', 1)}`,
        `statement-run:${idOf('run', 2)}`,
        `statement-drafts:${idOf('run', 1)}:1`,
        `revenue-order:${order(1)}`,
        `revenue-order:${order(2)}`,
        'otp:no-id',
        `accession:${order(1)}`,
      ])
      .then((found) => found.toSorted((a, b) => (a.key < b.key ? -1 : 1))),
  'receipts of nothing': () => operations.findEffectStates([]),
};

describeReads('operations', OPERATIONS);
