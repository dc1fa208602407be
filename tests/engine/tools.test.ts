import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsStatement } from '../../inngest/engine/http/event-log-routes';
import { createRig, type Rig, until } from './setup';

/** The questions of the SDK's own test harness, to the letter of their fields. */
const STATUS = `query ($runId: String!) { run(runID: $runId) { status trace(preview: true) { status outputID } } }`;
const OUTPUT = `query ($traceID: String!) { runTraceSpanOutputByID(outputID: $traceID) { data error { message name } } }`;
const STEPS = `fragment Fields on RunTraceSpan { name stepID spanID metadata { scope kind values updatedAt } }
  query ($runId: String!) { run(runID: $runId) { trace(preview: true) {
    ...Fields status childrenSpans { ...Fields status stepOp outputID startedAt endedAt childrenSpans { ...Fields } } } } }`;

interface Span {
  name: string;
  status: string;
  stepOp: string | null;
  outputID: string | null;
  childrenSpans: Span[];
}

let rig: Rig;
let release: () => void = () => undefined;

async function ask(query: string, variables: Record<string, unknown>) {
  const { status, body } = await rig.api('/v0/gql', { method: 'POST', body: JSON.stringify({ query, variables }) });
  return { status, body: body as { data: Record<string, never> | null; errors?: { message: string }[] } };
}

const traceOf = async (runId: string) =>
  ((await ask(STEPS, { runId })).body.data as unknown as { run: { trace: Span } }).run.trace;

const outputOf = async (outputID: string | null) =>
  (
    (await ask(OUTPUT, { traceID: outputID })).body.data as unknown as {
      runTraceSpanOutputByID: { data: string | null; error: { name: string; message: string } | null };
    }
  ).runTraceSpanOutputByID;

async function statusOf(runId: string) {
  const { body } = await ask(STATUS, { runId });
  return (
    body.data as unknown as { run: { status: string; trace: { status: string; outputID: string | null } } | null }
  ).run;
}

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction(
      { id: 'long', name: 'A long walk', triggers: [{ event: 'tools/long' }] },
      async ({ step }) => {
        await step.run('first', () => ({ big: '12345678901234567890', list: [1, null] }));
        await step.sleep('nap', '1s');
        await step
          .run('broken', () => {
            throw new RangeError('no such row');
          })
          .catch(() => undefined);
        const go = await step.waitForEvent('go', { event: 'tools/go', timeout: '1h' });
        return go?.data.n;
      },
    ),
    client.createFunction({ id: 'fails', retries: 0, triggers: [{ event: 'tools/fails' }] }, () => {
      throw new TypeError('for good');
    }),
    client.createFunction({ id: 'held', concurrency: 1, triggers: [{ event: 'tools/held' }] }, async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    }),
  ]);
});
afterAll(() => rig.close());

describe('questions of status tools', () => {
  it('shows a run with its steps while it goes on, and what each returned or threw', async () => {
    const id = await rig.send('tools/long');
    const run = await until(async () => (await rig.runsOf(id))[0]);
    const waiting = await until(async () => {
      const trace = await traceOf(run.run_id);
      return trace.childrenSpans.some((span) => span.status === 'WAITING' && span.name === 'go') && trace;
    }, 20_000);
    expect(waiting).toMatchObject({ name: 'A long walk', status: 'RUNNING', metadata: [] });
    expect(waiting.childrenSpans.map((span) => [span.name, span.stepOp, span.status])).toEqual([
      ['first', 'RUN', 'COMPLETED'],
      ['nap', 'SLEEP', 'COMPLETED'],
      ['broken', 'RUN', 'FAILED'],
      ['go', 'WAIT_FOR_EVENT', 'WAITING'],
    ]);
    expect(await statusOf(run.run_id)).toEqual({ status: 'RUNNING', trace: { status: 'RUNNING', outputID: null } });

    await rig.send('tools/go', { n: 42 });
    await rig.ended(id);
    const done = await statusOf(run.run_id);
    expect(done).toMatchObject({ status: 'COMPLETED', trace: { status: 'COMPLETED' } });
    expect(await outputOf(done?.trace.outputID ?? null)).toEqual({ data: '42', error: null });
    const [first, nap, broken, go] = (await traceOf(run.run_id)).childrenSpans;
    expect(JSON.parse((await outputOf(first?.outputID ?? null)).data ?? '')).toEqual({
      big: '12345678901234567890',
      list: [1, null],
    });
    expect(await outputOf(nap?.outputID ?? null)).toEqual({ data: 'null', error: null });
    expect(await outputOf(broken?.outputID ?? null)).toEqual({
      data: null,
      error: { name: 'RangeError', message: 'no such row' },
    });
    expect(JSON.parse((await outputOf(go?.outputID ?? null)).data ?? '')).toMatchObject({
      name: 'tools/go',
      data: { n: 42 },
    });
  });

  it('shows why a run failed', async () => {
    const { run_id } = await rig.ended(await rig.send('tools/fails'));
    const failed = await statusOf(run_id);
    expect(failed).toMatchObject({ status: 'FAILED', trace: { status: 'FAILED' } });
    expect(await outputOf(failed?.trace.outputID ?? null)).toEqual({
      data: null,
      error: { name: 'TypeError', message: 'for good' },
    });
  });

  it('answers null for a run it does not know, and says what it cannot answer', async () => {
    expect(await statusOf('01AAAAAAAAAAAAAAAAAAAAAAAA')).toBeNull();
    expect((await ask(OUTPUT, { traceID: 'nonsense' })).body.errors?.[0]?.message).toBe('span output not found');
    expect((await ask('query { apps { id } }', {})).status).toBe(422);
    expect((await ask('query {', {})).status).toBe(422);
    expect((await ask(STATUS, {})).body.errors?.[0]?.message).toContain('$runId');
    const deep = `query { ${'a { '.repeat(2_000)} b ${'}'.repeat(2_000)} }`;
    expect((await ask(deep, {})).status).toBe(422);
    expect((await rig.api('/v0/gql', { method: 'POST', body: '[]' })).status).toBe(400);
  });

  it('knows no scores of runs', async () => {
    const { run_id } = await rig.ended(await rig.send('tools/fails'));
    expect((await rig.api(`/v1/runs/${run_id}/metadata`, { method: 'POST', body: '{}' })).status).toBe(404);
  });

  it('asks for the key', async () => {
    const response = await fetch(`${rig.engine.url}/v0/gql`, {
      method: 'POST',
      body: JSON.stringify({ query: STATUS }),
    });
    expect(response.status).toBe(401);
  });
});

describe('the log of events', () => {
  it('lists the newest first, by name, by page and by time', async () => {
    const sent: string[] = [];
    for (const n of [1, 2, 3]) sent.push(await rig.send('tools/listed', { n }));
    const listOf = async (query: string) =>
      (
        (await rig.api(`/v1/events?${query}`)).body as {
          data: { internal_id: string; name: string; data: { n: number } }[];
        }
      ).data;
    const all = await listOf('name=tools/listed');
    expect(all.map((event) => event.data.n)).toEqual([3, 2, 1]);
    expect(all.map((event) => event.internal_id)).toEqual([...sent].reverse());
    expect(await listOf(`name=tools/listed&limit=1&cursor=${sent[2]}`)).toMatchObject([{ internal_id: sent[1] }]);
    expect(await listOf('name=tools/listed&received_before=2001-01-01')).toEqual([]);
    expect((await listOf('received_after=2001-01-01&limit=2')).length).toBe(2);
    expect((await rig.api('/v1/events?cursor=x')).status).toBe(400);
    expect((await rig.api('/v1/events?received_after=yesterday')).status).toBe(400);
    expect((await rig.api(`/v1/events/${sent[0]}`)).body).toMatchObject({
      data: { internal_id: sent[0], name: 'tools/listed', data: { n: 1 }, user: {} },
    });
    expect((await rig.api('/v1/events/nope')).status).toBe(400);
    expect((await rig.api('/v1/events/01AAAAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404);
  });
});

describe('the log of many events', () => {
  const MANY = 200_000;
  /** A page of twenty rows, the way down to it and the rows themselves; the whole table takes thousands. */
  const MOST_BUFFERS = 80;
  const idOf = (n: number) => `01B${String(n).padStart(23, '0')}`;

  beforeAll(async () => {
    await rig.db.query(
      `INSERT INTO events (id, name, received_at, payload)
       SELECT '01B' || lpad(n::text, 23, '0'), CASE WHEN n % 50000 = 0 THEN 'many/rare' ELSE 'many/often' END,
         now() - interval '30 days' + n * interval '1 second', '{"data":{}}' FROM generate_series(1, ${MANY}) n`,
    );
    await rig.db.query('VACUUM ANALYZE events');
  });
  afterAll(() => rig.db.query(`DELETE FROM events WHERE name LIKE 'many/%'`));

  const day = (n: number) => new Date(Date.now() - n * 86_400_000);
  const FORMS: [string, Parameters<typeof eventsStatement>[0], unknown[]][] = [
    ['the newest', { name: false, after: false, before: false, cursor: false }, []],
    ['the next page', { name: false, after: false, before: false, cursor: true }, [idOf(MANY / 2)]],
    ['a rare name', { name: true, after: false, before: false, cursor: false }, ['many/rare']],
    ['a name that is not there', { name: true, after: false, before: false, cursor: false }, ['many/never']],
    ['a name and a cursor', { name: true, after: false, before: false, cursor: true }, ['many/often', idOf(70_000)]],
    ['a time long ago', { name: false, after: false, before: true, cursor: false }, [day(29)]],
    ['a span', { name: false, after: true, before: true, cursor: false }, [day(29.5), day(29)]],
    ['a name in a span', { name: true, after: true, before: true, cursor: false }, ['many/rare', day(30), day(29)]],
    [
      'all of them',
      { name: true, after: true, before: true, cursor: true },
      ['many/often', day(30), day(28.5), idOf(99_000)],
    ],
  ];

  it.each(FORMS)('finds %s by an index, with the planner as it is', async (_, asked, values) => {
    const rows = await rig.db.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${eventsStatement(asked)}`,
      [20, ...values],
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan ?? {};
    expect((plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0)).toBeLessThan(MOST_BUFFERS);
  });

  it('goes through all of them page by page, each once, though many came in the same moment', async () => {
    await rig.db.query(`UPDATE events SET received_at = now() - interval '20 days' WHERE name = 'many/rare'`);
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await rig.api(`/v1/events?name=many/rare&limit=1${cursor && `&cursor=${cursor}`}`);
      const [event] = (body as { data: { internal_id: string }[] }).data;
      if (!event) break;
      cursor = event.internal_id;
      seen.push(cursor);
    }
    expect(seen).toEqual([4, 3, 2, 1].map((n) => idOf(n * 50_000)));
  });
});

describe('the state of a run, for requests too large to carry it', () => {
  it('is there while the run goes on and gone afterwards', async () => {
    const id = await rig.send('tools/long', { x: 1 });
    const run = await until(async () => (await rig.runsOf(id))[0]);
    const stepsOf = () => rig.api(`/v0/runs/${run.run_id}/actions`);
    await until(async () => Object.keys(((await stepsOf()).body ?? {}) as object).length === 3, 20_000);
    const values = Object.values((await stepsOf()).body as Record<string, unknown>);
    expect(values).toContainEqual({ data: { big: '12345678901234567890', list: [1, null] } });
    expect(values).toContain(null);
    expect((await rig.api(`/v0/runs/${run.run_id}/batch`)).body).toMatchObject([
      { name: 'tools/long', data: { x: 1 } },
    ]);
    await rig.api(`/v1/runs/${run.run_id}`, { method: 'DELETE' });
    expect((await stepsOf()).status).toBe(410);
    expect((await rig.api(`/v0/runs/${run.run_id}/batch`)).status).toBe(410);
    expect((await rig.api('/v0/runs/nope/batch')).status).toBe(400);
  });
});

describe('the queue', () => {
  it('shows by function what is running and what waits, and which apps cannot be synced', async () => {
    interface Depth {
      slug: string;
      leased: number;
      waiting: number;
      oldest_at: string | null;
    }
    const look = async () =>
      (
        (await rig.api('/v1/queue')).body as {
          data: { functions: Depth[]; set_aside: unknown[]; apps: { name: string; problem: string | null }[] };
        }
      ).data;
    for (let n = 0; n < 3; n++) await rig.send('tools/held');
    const held = await until(async () => {
      const depth = (await look()).functions.find((fn) => fn.slug === 'test-held');
      return depth?.leased === 1 && depth.waiting === 2 && depth;
    });
    expect(Date.parse(held.oldest_at ?? '')).toBeGreaterThan(0);
    expect((await look()).apps).toMatchObject([{ name: 'test', problem: null }]);
    expect((await look()).set_aside).toEqual([]);
    await until(async () => {
      release();
      return (await look()).functions.every((fn) => fn.leased === 0 && fn.waiting === 0);
    });
  });

  it('shows an event that cannot be routed, with the reason, and goes on with the others', async () => {
    await rig.db.query(`INSERT INTO events (id, name, payload) VALUES ('BAD', 'tools/bad', '"no event"')`);
    await rig.db.query(`INSERT INTO inbox (event_id, name) VALUES ('BAD', 'tools/bad')`);
    await rig.ended(await rig.send('tools/fails'));
    const aside = await until(async () => {
      const { body } = await rig.api('/v1/queue');
      const found = (body as { data: { set_aside: { event_id: string; problem: string }[] } }).data.set_aside;
      return found.length > 0 && found;
    }, 30_000);
    expect(aside).toMatchObject([{ event_id: 'BAD', name: 'tools/bad' }]);
    expect(aside[0]?.problem).not.toBe('');
  });
});
