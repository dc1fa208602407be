import type { Ask } from './fixture';
import type { SentEvent } from './load';

/** What each run has to leave behind, by its function: the effects under its own name, those of its listeners included. */
const EFFECTS: Record<string, string[]> = {
  plain: ['one', 'two', 'three', 'end', 'witnessed'],
  parallel: ['one', 'left', 'middle', 'right', 'last', 'end'],
  sleeping: ['one', 'two', 'end'],
  waiting: ['one', 'two', 'end'],
  invoking: ['one', 'two', 'end'],
  invoked: ['one', 'two', 'end'],
  limited: ['one', 'left', 'right', 'end'],
  flaky: ['one', 'two', 'end'],
  fanning: ['one', 'end'],
  leaf: ['one', 'end'],
  throttled: ['one', 'end'],
  debounced: ['one', 'end'],
  batched: ['one', 'end'],
  caught: ['one', 'two', 'end'],
  failing: ['one', 'buried', 'mourned'],
  exhausted: ['buried', 'mourned'],
  cancelled: ['one', 'noted'],
};

const STATUS: Record<string, string> = { failing: 'Failed', exhausted: 'Failed', cancelled: 'Cancelled' };
const LEAVES = 4;
const INVOKED = 'inngest/function.invoked';

export interface RunRow {
  id: string;
  fn: string;
  status: string;
  output: unknown;
  /** The ids that senders gave to its events. */
  events: string[];
}

/** Whatever a run can still be waiting for. */
const OPEN = `(SELECT count(*) FROM inngest_engine.inbox)
  + (SELECT count(*) FROM inngest_engine.batches) + (SELECT count(*) FROM inngest_engine.debounces)
  + (SELECT count(*) FROM inngest_engine.jobs) + (SELECT count(*) FROM inngest_engine.timers)
  + (SELECT count(*) FROM inngest_engine.waits) + (SELECT count(*) FROM inngest_engine.runs WHERE ended_at IS NULL)`;

/** How much is still open, in one snapshot: an event on its way from the inbox to its run is counted in either. */
export async function openWork(ask: Ask): Promise<number> {
  const rows = await ask<{ n: number }>(`SELECT (${OPEN})::int AS n`);
  return rows[0]?.n ?? 0;
}

/** What holds work up, for people: the open runs with their jobs, timers and waits, and what lies in the inbox. */
export const whatIsOpen = (ask: Ask) =>
  ask<object>(
    `SELECT f.slug, r.id, r.status, (SELECT json_agg(j) FROM inngest_engine.jobs j WHERE j.run_id = r.id) AS jobs,
       (SELECT json_agg(t) FROM inngest_engine.timers t WHERE t.run_id = r.id) AS timers,
       (SELECT json_agg(w) FROM inngest_engine.waits w WHERE w.run_id = r.id) AS waits,
       (SELECT json_agg(s) FROM inngest_engine.slots s WHERE s.key = ANY (r.slots)) AS slots
     FROM inngest_engine.runs r JOIN inngest_engine.functions f ON f.id = r.function_id WHERE r.ended_at IS NULL
     UNION ALL SELECT 'inbox', i.event_id, coalesce(i.problem, ''), to_json(i), NULL, NULL, NULL FROM inngest_engine.inbox i
     LIMIT 20`,
  );

/** Slots whose count is not the number of jobs that hold them: must never be, at any moment. */
export const miscountedSlots = (ask: Ask) =>
  ask<object>(
    `SELECT s.key, s.used, h.held FROM inngest_engine.slots s CROSS JOIN LATERAL (
       SELECT count(*)::int AS held FROM inngest_engine.jobs j
       WHERE s.key = ANY (j.slots) AND j.state IN ('ready', 'leased')) h
     WHERE s.used <> h.held OR (s.used > 2 AND s.key LIKE 'fn:%')`,
  );

/** Whether a handler of failures is at its second attempt. It has no third, here as with the official server. */
export async function hasLastAttempt(ask: Ask): Promise<boolean> {
  const rows = await ask<object>(
    `SELECT FROM inngest_engine.jobs j JOIN inngest_engine.functions f ON f.id = j.function_id
     WHERE f.slug LIKE '%-failure' AND j.attempt > 0 AND j.state <> 'delayed'`,
  );
  return rows.length > 0;
}

/** Every run with its function's own name and the ids of its events as their senders gave them. */
export const allRuns = (ask: Ask) =>
  ask<RunRow>(
    `SELECT r.id, replace(f.slug, 'faults-', '') AS fn, r.status, r.output,
       (SELECT array_agg(CASE WHEN e.name = '${INVOKED}' THEN e.name ELSE e.payload ->> 'id' END) FROM inngest_engine.events e
        WHERE e.id = r.event_id AND NOT r.batched
           OR e.id IN (SELECT b.event_id FROM inngest_engine.batch_items b WHERE b.run_id = r.id)) AS events
     FROM inngest_engine.runs r JOIN inngest_engine.functions f ON f.id = r.function_id`,
  );

/** The same from the tables. */
export function runsOf(accepted: SentEvent[], runs: RunRow[]): string[] {
  const sent = new Set(accepted.map(({ id }) => id));
  return runs
    .flatMap(({ id, status, events }) =>
      events.filter((event) => sent.has(event)).map((event) => `${event} > ${id} > ${status}`),
    )
    .sort();
}

/** The runs that there must be, as `event > function > status`: those of the accepted events, and those that follow from them. */
export function expectedRuns(accepted: SentEvent[], runs: RunRow[]): string[] {
  const idsOf = (kind: string) => runs.filter(({ fn }) => fn === kind).map(({ id }) => id);
  const direct = accepted.map(({ id, kind }) => `${id} > ${kind} > ${STATUS[kind] ?? 'Completed'}`);
  const leaves = idsOf('fanning').flatMap((id) =>
    Array.from({ length: LEAVES }, (_, at) => `${id}-${at + 1} > leaf > Completed`),
  );
  const failures = ['failing', 'exhausted'].flatMap((kind) =>
    idsOf(kind).flatMap((id) => [`${id} > ${kind}-failure > Completed`, `${id} > mourner > Completed`]),
  );
  return [
    ...direct,
    ...leaves,
    ...failures,
    ...idsOf('invoking').map(() => `${INVOKED} > invoked > Completed`),
    ...idsOf('cancelled').map((id) => `${id} > clerk > Completed`),
    ...idsOf('plain').map(() => 'finished > witness > Completed'),
  ].sort();
}

/** The runs that there are, in the same words. The event of a finished run has an id of the engine's own. */
export function actualRuns(runs: RunRow[]): string[] {
  return runs
    .flatMap(({ fn, status, events }) =>
      events.map((event) => `${fn === 'witness' ? 'finished' : event} > ${fn} > ${status}`),
    )
    .sort();
}

/** The runs of events as the engine's own API reports them, by the ids that the events have there: `event > run > status`. */
export async function reportedRuns(ask: Ask, keys: Record<string, string>, accepted: SentEvent[]): Promise<string[]> {
  const ids = await ask<{ id: string; given: string }>(
    `SELECT id, payload ->> 'id' AS given FROM inngest_engine.events WHERE payload ->> 'id' = ANY ($1)`,
    [accepted.map(({ id }) => id)],
  );
  const headers = { authorization: `Bearer ${keys.INNGEST_SIGNING_KEY}` };
  const reported: string[] = [];
  for (const { id, given } of ids) {
    const response = await fetch(`${keys.INNGEST_BASE_URL}/v1/events/${id}/runs`, { headers });
    const { data } = (await response.json()) as { data: { run_id: string; status: string }[] };
    reported.push(...data.map((run) => `${given} > ${run.run_id} > ${run.status}`));
  }
  return reported.sort();
}

/** Effects that are missing, and such as nobody asked for, as `run step`. */
export async function strayEffects(ask: Ask, runs: RunRow[]): Promise<{ missing: string[]; foreign: string[] }> {
  const expected = runs.flatMap(({ id, fn }) => (EFFECTS[fn] ?? []).map((step) => `${fn} ${id} ${step}`));
  const names = new Map(runs.map(({ id, fn }) => [id, fn]));
  const rows = await ask<{ run: string; step: string }>('SELECT run, step FROM faults.effect');
  const actual = rows.map(({ run, step }) => `${names.get(run) ?? 'no function'} ${run} ${step}`);
  const [wanted, found] = [new Set(expected), new Set(actual)];
  return {
    missing: expected.filter((effect) => !found.has(effect)),
    foreign: actual.filter((effect) => !wanted.has(effect)),
  };
}

/** Contradictions between what the engine remembers, what was done and what later steps were shown. Each list must be empty. */
export async function contradictions(ask: Ask): Promise<Record<string, object[]>> {
  return {
    'memos of other effects than the ones that exist': await ask(
      `SELECT s.run_id, s.name FROM inngest_engine.steps s JOIN faults.effect e ON e.run = s.run_id AND e.step = s.name
       WHERE s.memo -> 'data' ->> 'value' IS DISTINCT FROM e.value::text`,
    ),
    'memos that no execution made': await ask(
      `SELECT s.run_id, s.name FROM inngest_engine.steps s WHERE s.memo -> 'data' ->> 'token' IS NOT NULL
       AND NOT EXISTS (SELECT FROM faults.execution x WHERE x.token::text = s.memo -> 'data' ->> 'token'
         AND x.step = s.name AND (x.run = s.run_id OR s.name IN ('mourned', 'noted', 'witnessed')))`,
    ),
    'steps that were shown another result than the one remembered': await ask(
      `SELECT s.run_id, s.name, seen FROM inngest_engine.steps s JOIN faults.execution x ON x.run = s.run_id
         AND x.token::text = s.memo -> 'data' ->> 'token', unnest(x.saw) seen
       WHERE NOT EXISTS (SELECT FROM inngest_engine.steps o WHERE o.run_id = s.run_id AND o.memo -> 'data' ->> 'token' = seen::text)`,
    ),
    'outputs of other results than the ones remembered': await ask(
      `SELECT r.id, token FROM inngest_engine.runs r, json_array_elements_text(
         CASE WHEN json_typeof(r.output) = 'array' THEN r.output ELSE '[]' END) token
       WHERE NOT EXISTS (SELECT FROM inngest_engine.steps s WHERE s.run_id = r.id AND s.memo -> 'data' ->> 'token' = token)`,
    ),
    'ends that were announced twice, or not at all': await ask(
      `SELECT e.name, r.id, r.status, count(a.id)::int AS announced
       FROM inngest_engine.runs r JOIN inngest_engine.events t ON t.id = r.event_id
       CROSS JOIN (VALUES ('inngest/function.finished'), ('inngest/function.failed'), ('inngest/function.cancelled')) e (name)
       LEFT JOIN inngest_engine.events a ON a.name = e.name AND a.payload -> 'data' ->> 'run_id' = r.id
       GROUP BY e.name, r.id, r.status, t.name HAVING count(a.id) <> CASE
         WHEN t.name IN ('inngest/function.failed', 'inngest/function.finished') THEN 0
         WHEN e.name = 'inngest/function.finished' THEN 1
         WHEN e.name = 'inngest/function.failed' THEN (r.status = 'Failed')::int
         ELSE (r.status = 'Cancelled')::int END`,
    ),
    'slots that are still taken': await ask('SELECT * FROM inngest_engine.slots WHERE used <> 0'),
    'rows that may not change and did': await ask('SELECT * FROM faults.broken'),
    'singletons without a run': await ask('SELECT * FROM inngest_engine.singletons'),
  };
}

/** How often steps were executed without effect: the cost of the crashes. */
export async function repetitions(ask: Ask): Promise<{ effects: number; executions: number }> {
  const rows = await ask<{ effects: number; executions: number }>(
    `SELECT (SELECT count(*)::int FROM faults.effect) AS effects, (SELECT count(*)::int FROM faults.execution) AS executions`,
  );
  return rows[0] ?? { effects: 0, executions: 0 };
}
