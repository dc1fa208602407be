import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prune } from '../../inngest/engine/clock/pruning';
import { type Database, openDatabase } from '../../inngest/engine/store/database';
import { program } from '../../scripts/lib/testing/programs.mjs';
import { createRig, type Rig, until } from './setup';

const [NODE = '', ...MAIN] = program('engine');
const MANY = 200_000;

let rig: Rig;
let db: Database;
beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'one', triggers: [{ event: 'aside/one' }] }, async ({ event }) => event.data.n),
    client.createFunction({ id: 'two', triggers: [{ event: 'aside/two' }] }, async ({ event }) => event.data.n),
  ]);
  db = openDatabase(rig.db.url, 1);
  await rig.db.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM refusing) THEN RAISE 'not now'; END IF; RETURN NEW; END $$`);
  await rig.db.query('CREATE TABLE refusing (yes boolean)');
  await rig.db.query('CREATE TRIGGER refuse BEFORE INSERT ON runs FOR EACH ROW EXECUTE FUNCTION refuse()');
});
beforeEach(async () => {
  await rig.db.query('DELETE FROM set_aside');
});
afterAll(async () => {
  await db.close();
  await rig.close();
});

const aside = () => rig.db.query<{ event_id: string }>('SELECT event_id FROM set_aside ORDER BY seq');

/** Events that could not be routed, for a reason that is gone now. */
async function quarantined(): Promise<string[]> {
  await rig.db.query('INSERT INTO refusing VALUES (true)');
  const ids = [
    ...(await rig.sendAll('aside/one', [{ n: 1 }, { n: 2 }])),
    ...(await rig.sendAll('aside/two', [{ n: 3 }])),
  ];
  await until(async () => (await aside()).length === 3);
  expect((await aside()).map(({ event_id }) => event_id)).toEqual(ids);
  expect(await rig.db.query('SELECT 1 FROM inbox')).toEqual([]);
  await rig.db.query('DELETE FROM refusing');
  return ids;
}

async function command(...args: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, ENGINE_DATABASE_URL: rig.db.url };
  const child = spawn(NODE, [...MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, problem, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: Number(code), said: said.trim() || problem.trim() };
}

describe('events that were quarantined', () => {
  it('are taken back by `engine events release`, and by the console, all or by name', async () => {
    const [one = '', two = '', three = ''] = await quarantined();
    expect(await command('events', 'release', '--name', 'aside/two')).toEqual({ code: 0, said: '{"released":1}' });
    expect(await rig.ended(three)).toMatchObject({ status: 'Completed', output: 3 });
    expect((await aside()).map(({ event_id }) => event_id)).toEqual([one, two]);
    expect(await rig.api('/v1/queue/release', { method: 'POST', body: '{"names":["aside/one"]}' })).toMatchObject({
      status: 200,
      body: { data: { released: 2 } },
    });
    expect((await rig.allEnded([one, two])).map(({ output }) => output)).toEqual([1, 2]);
    expect(await command('events', 'release')).toEqual({ code: 0, said: '{"released":0}' });
  });

  it('are released by nobody without the key, and by no nonsense', async () => {
    const bare = await fetch(`${rig.engine.url}/v1/queue/release`, { method: 'POST' });
    expect(bare.status).toBe(401);
    for (const body of ['{"names":"x"}', '{"names":[1]}', '[]', '{"broken'])
      expect((await rig.api('/v1/queue/release', { method: 'POST', body })).status).toBe(400);
    expect(await command('events', 'forget')).toMatchObject({ code: 1, said: expect.stringContaining('no command') });
  });

  it('are pruned by age, with their data', async () => {
    const [old = '', young] = await quarantined();
    await rig.db.query(`UPDATE set_aside SET set_aside_at = now() - interval '8 days' WHERE event_id = $1`, [old]);
    await rig.db.query(`UPDATE events SET received_at = now() - interval '8 days' WHERE id = ANY ($1)`, [[old, young]]);
    await prune(db, 7 * 86_400);
    expect((await aside()).map(({ event_id }) => event_id)).toContain(young);
    expect((await aside()).map(({ event_id }) => event_id)).not.toContain(old);
    const left = await rig.db.query<{ id: string }>('SELECT id FROM events WHERE id = ANY ($1)', [[old, young]]);
    expect(left).toEqual([{ id: young }]);
  });

  it('cost nothing while they stand, however many there are', async () => {
    await rig.settled();
    const buffers = async () => {
      const rows = await db.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM take_events(150, 10, '{}')`,
      );
      const plan = rows[0]?.['QUERY PLAN'][0]?.Plan ?? {};
      return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
    };
    await buffers();
    const without = await buffers();
    await rig.db.query(
      `INSERT INTO set_aside (seq, event_id, name, problem) SELECT -n, 'E' || n, 'aside/flood', 'x' FROM generate_series(1, $1) n`,
      [MANY],
    );
    expect(await buffers()).toBeLessThanOrEqual(without + 5);
    expect(await rig.ended(await rig.send('aside/one', { n: 4 }))).toMatchObject({ output: 4 });
    const shown = (await rig.api('/v1/queue')).body as { data: { set_aside: unknown[] } };
    expect(shown.data.set_aside).toHaveLength(100);
  });
});
