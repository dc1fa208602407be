import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { createRig, engineOptions, type Rig, until } from './setup';

let rig: Rig;
beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction(
      { id: 'sleeps', cancelOn: [{ event: 'pair/stop', match: 'data.id' }], triggers: [{ event: 'pair/sleeps' }] },
      async ({ step }) => {
        await step.sleep('long', '1h');
      },
    ),
    client.createFunction({ id: 'beside', triggers: [{ event: 'pair/beside' }] }, async () => 'beside'),
  ]);
});
afterAll(() => rig.close());

describe('a cancelling event', () => {
  it('does not overtake, with two engines, the start that it is to cancel', async () => {
    const other = await startEngine(engineOptions(rig.db));
    const guard = new pg.Client({ connectionString: rig.db.url, options: '-c search_path=inngest_engine' });
    await guard.connect();
    await guard.query(`CREATE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF (SELECT payload->'data'->>'id' FROM inngest_engine.events WHERE id = NEW.event_id) = 'slow' THEN
        PERFORM pg_advisory_xact_lock(77); END IF; RETURN NEW; END $$`);
    await guard.query('CREATE TRIGGER hold_up BEFORE INSERT ON runs FOR EACH ROW EXECUTE FUNCTION hold_up()');
    await guard.query('SELECT pg_advisory_lock(77)');
    const id = await rig.send('pair/sleeps', { id: 'slow' });
    await until(
      async () =>
        (
          await rig.db.query(
            `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
             WHERE NOT l.granted AND l.locktype = 'advisory' AND l.objid = 77 AND d.datname = current_database()`,
          )
        ).length > 0,
    );
    // One engine has the start under way; the other one is free, and has what comes after it.
    await rig.send('pair/stop', { id: 'slow' });
    const beside = await rig.send('pair/beside', { id: 'beside' });
    await until(async () => (await rig.runsOf(beside)).length === 1);
    await guard.query('SELECT pg_advisory_unlock(77)');
    expect(await rig.ended(id)).toMatchObject({ status: 'Cancelled' });
    expect(await rig.ended(beside)).toMatchObject({ status: 'Completed' });
    await guard.query('DROP TRIGGER hold_up ON runs; DROP FUNCTION hold_up');
    await guard.end();
    await other.close(100);
  });
});
