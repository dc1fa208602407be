import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Barrier } from './barrier';
import { createClient, createRig, type Rig, serveApp, until } from './setup';

const WORKERS = 10;

let rig: Rig;
let barrier = new Barrier();

beforeAll(async () => {
  rig = await createRig(
    (client) => [
      client.createFunction({ id: 'flood', triggers: [{ event: 'fair/flood' }] }, async ({ event }) =>
        barrier.stay(event.data.name),
      ),
      client.createFunction(
        { id: 'keyed', concurrency: { limit: 1, key: 'event.data.key' }, triggers: [{ event: 'fair/keyed' }] },
        async ({ event }) => barrier.stay(event.data.name),
      ),
      client.createFunction(
        { id: 'limited', concurrency: 1, triggers: [{ event: 'fair/limited' }] },
        async ({ event }) => barrier.stay(event.data.name),
      ),
      client.createFunction({ id: 'other', triggers: [{ event: 'fair/other' }] }, async ({ step }) => {
        const a = await step.run('a', () => 1);
        const [b, c] = await Promise.all([step.run('b', () => a + 1), step.run('c', () => a + 2)]);
        return b + c;
      }),
      client.createFunction(
        { id: 'stopped', cancelOn: [{ event: 'fair/stop', match: 'data.k' }], triggers: [{ event: 'fair/stopped' }] },
        async ({ step }) => {
          await step.sleep('long', '1h');
        },
      ),
    ],
    { workers: WORKERS },
  );
});
beforeEach(() => {
  barrier = new Barrier();
});
afterAll(() => rig.close());

const named = (prefix: string, count: number, more: object = {}) =>
  Array.from({ length: count }, (_, n) => ({ name: `${prefix}${n}`, ...more }));

async function worksBeside(): Promise<void> {
  const ids = await rig.sendAll('fair/other', [{}, {}, {}]);
  expect((await rig.allEnded(ids)).map((run) => run.output)).toEqual([5, 5, 5]);
}

describe('a flood', () => {
  it('of a function whose requests never end leaves places for another', async () => {
    await rig.sendAll('fair/flood', named('f', 200));
    const inside = await barrier.filled(WORKERS - 1);
    await worksBeside();
    expect(barrier.names()).toEqual(inside);
    await barrier.releaseAll(200);
    await rig.settled();
  });

  it('of two such functions leaves some, too', async () => {
    await rig.sendAll('fair/flood', named('f', 100));
    await barrier.filled(WORKERS - 1);
    await rig.sendAll(
      'fair/keyed',
      Array.from({ length: 100 }, (_, n) => ({ name: `k${n}`, key: n })),
    );
    await barrier.filled(WORKERS);
    await barrier.release('f0');
    await worksBeside();
    await barrier.releaseAll(200);
    await rig.settled();
  });

  it('of another app leaves places as well', async () => {
    const client = createClient(rig.engine.url, 'second');
    const app = await serveApp(client, [
      client.createFunction({ id: 'flood', triggers: [{ event: 'fair/second' }] }, async ({ event }) =>
        barrier.stay(event.data.name),
      ),
    ]);
    await fetch(app.url, { method: 'PUT' });
    await rig.sendAll('fair/second', named('s', 100));
    await barrier.filled(WORKERS - 1);
    await worksBeside();
    await barrier.releaseAll(100);
    await rig.settled();
    await app.close();
  });

  it('in one key delays no other key', async () => {
    await rig.sendAll('fair/keyed', named('a', 40, { key: 'a' }));
    await barrier.filled(1);
    await rig.sendAll('fair/keyed', named('b', 2, { key: 'b' }));
    expect(await barrier.filled(2)).toEqual(['a0', 'b0']);
    await barrier.release('b0');
    await until(() => barrier.names().includes('b1'));
    expect(barrier.names()).toEqual(['a0', 'b1']);
    await barrier.releaseAll(42);
    await rig.settled();
  });

  it('behind one limit delays nothing else', async () => {
    await rig.sendAll('fair/limited', named('l', 60));
    await barrier.filled(1);
    await worksBeside();
    expect(barrier.names()).toEqual(['l0']);
    await barrier.releaseAll(60);
    await rig.settled();
  });

  it('does not keep its own work out of order', async () => {
    await rig.sendAll('fair/limited', named('l', 30));
    await barrier.releaseAll(30);
    expect(barrier.entered).toEqual(named('l', 30).map(({ name }) => name));
    await rig.settled();
  });
});

/** Many events of one name and then some others, as if they had come within one moment. */
async function store(count: number, others: [string, object][]): Promise<void> {
  await rig.db.query(
    `WITH made AS (
       SELECT n, 'fair/none' AS name, '{}'::json AS data FROM generate_series(1, $1) AS n
       UNION ALL SELECT $1 + n, o->>0, o->1 FROM json_array_elements($2) WITH ORDINALITY AS x(o, n)
     ), stored AS (
       INSERT INTO events (id, name, payload)
       SELECT 'FLOOD' || lpad(n::text, 21, '0'), name, json_build_object('id', n::text, 'name', name, 'data', data, 'ts', 1600000000000)
       FROM made RETURNING id, name
     ) INSERT INTO inbox (event_id, name) SELECT id, name FROM stored ORDER BY id`,
    [count, JSON.stringify(others)],
  );
}

describe('a flood of events', () => {
  it('of one name lets another name through with the first of them', async () => {
    await rig.db.query('CREATE TABLE passed (name text, waiting integer)');
    // How many events of the flood still wait when the other one starts its run.
    await rig.db.query(`CREATE FUNCTION note_run() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO passed SELECT (SELECT name FROM events WHERE id = NEW.event_id), (SELECT count(*) FROM inbox);
      RETURN NEW; END $$`);
    await rig.db.query('CREATE TRIGGER note_run AFTER INSERT ON runs FOR EACH ROW EXECUTE FUNCTION note_run()');
    await store(3_000, [['fair/other', {}]]);
    await rig.settled();
    const [passed] = await rig.db.query<{ waiting: number }>(`SELECT waiting FROM passed WHERE name = 'fair/other'`);
    expect(passed?.waiting).toBeGreaterThan(2_000);
    await rig.db.query('DROP TRIGGER note_run ON runs');
  });

  it('does not let a cancelling event overtake the runs that it is meant for', async () => {
    await rig.db.query('DELETE FROM events');
    const k = 'overtaken';
    await store(1_000, [
      ['fair/stopped', { k }],
      ['fair/stop', { k }],
    ]);
    await until(async () => (await rig.db.query(`SELECT 1 FROM runs WHERE status = 'Cancelled'`)).length === 1);
    await rig.settled();
  });
});
