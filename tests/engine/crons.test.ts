import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../inngest/engine';
import { nextTick } from '../../inngest/engine/catalog/cron-plan';
import { functionConfig, registration } from './raw-app';
import { createClient, createRig, engineOptions, type Rig, serveApp, type TestApp, until } from './setup';

let rig: Rig;
let app: TestApp;
interface Tick {
  id: string;
  name: string;
  ts: number;
  data: { cron: string; scheduledAt: string; fireAt: string };
}
const ticks: { fn: string; event: Tick }[] = [];

const NIGHTLY = 'TZ=Asia/Ho_Chi_Minh 0 3 * * *';
const WEEKLY = '0 9 * * 1';

beforeAll(async () => {
  rig = await createRig(
    (client) => {
      const note = (fn: string) => async (input: { event: unknown }) => {
        ticks.push({ fn, event: input.event as Tick });
      };
      const jittered = { cron: '30 4 * * *', jitter: '5m' };
      return [
        client.createFunction({ id: 'nightly', triggers: [{ cron: NIGHTLY }] }, note('nightly')),
        client.createFunction(
          { id: 'several', triggers: [{ cron: WEEKLY }, { cron: '0 12 * * *' }, { event: 'crons/now' }] },
          note('several'),
        ),
        client.createFunction({ id: 'jittered', triggers: [jittered] }, note('jittered')),
      ];
    },
    { missingMs: 0 },
  );
  app = rig.app;
});
afterAll(() => rig.close());

interface Planned {
  slug: string;
  expression: string;
  tick_at: Date;
  fire_at: Date;
}

function plan(): Promise<Planned[]> {
  return rig.db.query<Planned>(
    `SELECT f.slug, c.expression, c.tick_at, c.fire_at FROM crons c JOIN functions f ON f.id = c.function_id ORDER BY 1, 2`,
  );
}

/** As if the engine had not looked since a moment of the past. */
async function miss(expression: string, tick: string, fire = tick): Promise<void> {
  await rig.db.query('UPDATE crons SET tick_at = $2, fire_at = $3 WHERE expression = $1', [expression, tick, fire]);
}

describe('planning', () => {
  it('goes by the time zone of the trigger, and by UTC without one', () => {
    const after = new Date('2026-03-02T00:00:00Z');
    const next = (cron: string, from = after) => nextTick({ cron }, from)?.tickAt.toISOString();
    expect(next('TZ=Asia/Ho_Chi_Minh 0 9 * * 1')).toBe('2026-03-02T02:00:00.000Z');
    expect(next('CRON_TZ=America/New_York 0 9 * * 1')).toBe('2026-03-02T14:00:00.000Z');
    expect(next('0 9 * * 1')).toBe('2026-03-02T09:00:00.000Z');
    expect(next('*/15 * * * *', new Date('2026-03-02T10:15:00Z'))).toBe('2026-03-02T10:30:00.000Z');
    expect(next('0 0 29 2 *')).toBe('2028-02-29T00:00:00.000Z');
  });

  it('keeps the hour of the clock on the wall when it changes', () => {
    const next = (after: string) =>
      nextTick({ cron: 'TZ=Europe/Paris 0 9 * * *' }, new Date(after))?.tickAt.toISOString();
    expect(next('2026-03-28T10:00:00Z')).toBe('2026-03-29T07:00:00.000Z');
    expect(next('2026-10-24T10:00:00Z')).toBe('2026-10-25T08:00:00.000Z');
  });

  it('spreads the ticks of a trigger with jitter behind their moment', () => {
    for (let n = 0; n < 50; n++) {
      const { tickAt, fireAt } = nextTick({ cron: WEEKLY, jitter: '30s' }, new Date('2026-03-02T00:00:00Z')) ?? {};
      const late = (fireAt?.getTime() ?? 0) - (tickAt?.getTime() ?? 0);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(30_000);
    }
  });

  it('has one entry for each cron of each function, ahead of now', async () => {
    const planned = await plan();
    expect(planned.map(({ slug, expression }) => [slug, expression])).toEqual([
      ['test-jittered', '30 4 * * *'],
      ['test-nightly', NIGHTLY],
      ['test-several', '0 12 * * *'],
      ['test-several', WEEKLY],
    ]);
    const rows = await rig.db.query(`SELECT 1 FROM crons WHERE fire_at < now() OR tick_at > now() + interval '7 days'`);
    expect(rows).toEqual([]);
  });
});

describe('a tick', () => {
  it('starts its function with the event of the official server', async () => {
    await miss(NIGHTLY, '2026-03-01T20:00:00Z');
    const tick = await until(() => ticks.find((one) => one.fn === 'nightly'));
    expect(tick.event).toMatchObject({
      id: '2026-03-01T20:00:00Z',
      name: 'inngest/scheduled.timer',
      ts: Date.parse('2026-03-01T20:00:00Z'),
      data: { cron: NIGHTLY, scheduledAt: '2026-03-01T20:00:00Z', fireAt: '2026-03-01T20:00:00Z' },
    });
    expect(ticks.every((one) => one.fn === 'nightly')).toBe(true);
  });

  it('says when it fired, where jitter moved it', async () => {
    await miss('30 4 * * *', '2026-03-01T04:30:00Z', '2026-03-01T04:33:07.250Z');
    const tick = await until(() => ticks.find((one) => one.fn === 'jittered'));
    expect(tick.event).toMatchObject({
      id: '2026-03-01T04:30:00Z',
      ts: Date.parse('2026-03-01T04:33:07.250Z'),
      data: { scheduledAt: '2026-03-01T04:30:00Z', fireAt: '2026-03-01T04:33:07Z' },
    });
  });

  it('stands for all that were missed, each cron of a function on its own, and the plan goes on from now', async () => {
    await miss(WEEKLY, '2026-01-05T09:00:00Z');
    await miss('0 12 * * *', '2026-01-09T12:00:00Z');
    await until(() => ticks.filter((one) => one.fn === 'several').length === 2);
    await rig.settled();
    const several = ticks.filter((one) => one.fn === 'several').map((one) => [one.event.data.cron, one.event.id]);
    expect(several.sort()).toEqual([
      ['0 12 * * *', '2026-01-09T12:00:00Z'],
      [WEEKLY, '2026-01-05T09:00:00Z'],
    ]);
    expect(await rig.db.query('SELECT 1 FROM crons WHERE fire_at < now()')).toEqual([]);
    await rig.send('crons/now');
    await until(() => ticks.some((one) => one.event.name === 'crons/now'));
  });

  it('starts one run where two crons of a function meet in a minute: the moment is the key', async () => {
    const meeting = '2026-05-04T09:00:00Z';
    const before = ticks.length;
    await rig.db.query(
      `UPDATE crons SET tick_at = $1, fire_at = $1 WHERE function_id = (SELECT id FROM functions WHERE slug = 'test-several')`,
      [meeting],
    );
    await until(() => ticks.length > before);
    await until(async () => (await rig.db.query('SELECT 1 FROM crons WHERE fire_at < now()')).length === 0);
    await rig.settled();
    expect(ticks.slice(before).map(({ fn, event }) => [fn, event.id])).toEqual([['several', meeting]]);
    // Each goes on with its own plan.
    const planned = (await plan()).filter(({ slug }) => slug === 'test-several');
    expect(planned.map(({ expression }) => expression)).toEqual(['0 12 * * *', WEEKLY]);
  });

  it('fires once, however many engines look at it', async () => {
    const others = await Promise.all([1, 2].map(() => startEngine(engineOptions(rig.db, { tickMs: 20 }))));
    const before = ticks.length;
    for (let round = 1; round <= 5; round++) {
      await miss(NIGHTLY, `2026-02-0${round}T20:00:00Z`);
      await until(() => ticks.some((one) => one.event.id === `2026-02-0${round}T20:00:00Z`));
    }
    await rig.settled();
    expect(ticks.length).toBe(before + 5);
    await Promise.all(others.map((engine) => engine.close(100)));
  });
});

describe('a sync', () => {
  it('takes the jitter away that a trigger no longer has, from the tick that is planned', async () => {
    const jitterOf = async () => {
      const [row] = (await plan()).filter(({ slug }) => slug === 'jitters-fn');
      return (row?.fire_at.getTime() ?? 0) - (row?.tick_at.getTime() ?? 0);
    };
    const sync = (cron: object) =>
      rig.api('/fn/register', {
        method: 'POST',
        body: JSON.stringify(
          registration('jitters', [functionConfig('jitters', 'fn', undefined, { triggers: [cron] })]),
        ),
      });
    const cron = '30 4 1 1 *';
    await sync({ cron, jitter: '5m' });
    const drawn = await jitterOf();
    expect(drawn).toBeGreaterThan(0);
    expect(drawn).toBeLessThanOrEqual(300_000);
    await sync({ cron });
    expect(await jitterOf()).toBe(0);
    await sync({ cron, jitter: '5m' });
    expect(await jitterOf()).toBe(drawn);
    await rig.api('/fn/register', { method: 'POST', body: JSON.stringify(registration('jitters', [])) });
    await rig.db.query(`DELETE FROM crons WHERE function_id = (SELECT id FROM functions WHERE slug = 'jitters-fn')`);
  });

  it('keeps what is planned, drops the cron that is gone and plans the one that is new', async () => {
    const before = await plan();
    const client = createClient(rig.engine.url);
    await rig.app.close();
    const port = Number(new URL(app.url).port);
    const fn = client.createFunction(
      { id: 'several', triggers: [{ cron: WEEKLY }, { cron: '15 6 * * *' }] },
      async () => undefined,
    );
    app = await serveApp(client, [fn], port);
    await fetch(app.url, { method: 'PUT' });
    // The other functions are gone, once their grace period is over.
    await until(async () => (await plan()).every(({ slug }) => slug === 'test-several'));
    const planned = await plan();
    expect(planned.map(({ slug, expression }) => [slug, expression])).toEqual([
      ['test-several', WEEKLY],
      ['test-several', '15 6 * * *'],
    ]);
    expect(planned[0]).toEqual(before.find((one) => one.expression === WEEKLY));
    await app.close();
  });
});
