import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, pause, type Rig, until } from './setup';

let rig: Rig;

const post = (body: unknown) => rig.api('/v1/cancellations', { method: 'POST', body: JSON.stringify(body) });
const now = () => new Date().toISOString();
/** A time well apart from what was before and what comes: a run bears the time at which its transaction began. */
async function momentApart(): Promise<string> {
  await pause(100);
  const at = now();
  await pause(100);
  return at;
}

async function openRuns(fn: string): Promise<number> {
  const rows = await rig.db.query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM runs r JOIN functions f ON f.id = r.function_id WHERE f.slug = $1 AND r.ended_at IS NULL`,
    [`test-${fn}`],
  );
  return rows[0]?.n ?? 0;
}

beforeAll(async () => {
  rig = await createRig((client) => [
    client.createFunction({ id: 'sleeps', triggers: [{ event: 'many/sleeps' }] }, async ({ step }) => {
      await step.sleep('long', '1h');
    }),
    client.createFunction({ id: 'queued', concurrency: 1, triggers: [{ event: 'many/queued' }] }, async ({ step }) => {
      await step.sleep('long', '1h');
    }),
  ]);
});
afterAll(() => rig.close());

describe('cancelling many runs', () => {
  it('ends those of one function that fulfil the expression, however many, and no others', async () => {
    await rig.client.send(Array.from({ length: 450 }, (_, n) => ({ name: 'many/sleeps', data: { odd: n % 2 === 1 } })));
    const other = await rig.send('many/queued');
    await until(async () => (await openRuns('sleeps')) === 450, 30_000);
    const asked = await post({ app_id: 'test', function_id: 'sleeps', started_before: now(), if: 'event.data.odd' });
    expect(asked).toMatchObject({ status: 200, body: { data: { function_id: 'test-sleeps', if: 'event.data.odd' } } });
    expect(await openRuns('sleeps')).toBe(225);
    await post({ app_id: 'test', function_id: 'test-sleeps', started_before: now() });
    expect(await openRuns('sleeps')).toBe(0);
    expect((await rig.runsOf(other))[0]?.status).toBe('Running');
    const reported = await rig.db.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM events WHERE name = 'inngest/function.cancelled'`,
    );
    expect(reported[0]?.n).toBe(450);
  });

  it('looks only at those that started within the span', async () => {
    const early = await rig.send('many/sleeps');
    await until(async () => (await openRuns('sleeps')) === 1);
    const between = await momentApart();
    await rig.send('many/sleeps');
    await until(async () => (await openRuns('sleeps')) === 2);
    const asked = await post({
      ...{ app_id: 'test', function_id: 'sleeps' },
      ...{ started_after: between, started_before: await momentApart() },
    });
    expect(asked.status).toBe(200);
    expect(await openRuns('sleeps')).toBe(1);
    expect((await rig.runsOf(early))[0]?.status).toBe('Running');
  });

  it('goes on with what an engine left behind', async () => {
    await rig.db.query(
      `INSERT INTO cancellations (id, function_id, started_before) SELECT '01AAAAAAAAAAAAAAAAAAAAAAAA', id, now() FROM functions WHERE slug = 'test-sleeps'`,
    );
    await until(async () => (await openRuns('sleeps')) === 0, 20_000);
  });

  it('lists what was asked for and forgets it on demand', async () => {
    const list = async () => ((await rig.api('/v1/cancellations')).body as { data: { id: string }[] }).data;
    const before = await list();
    expect(before.length).toBe(4);
    const gone = before[0]?.id ?? '';
    expect(await rig.api(`/v1/cancellations/${gone}`, { method: 'DELETE' })).toMatchObject({ status: 200 });
    expect((await list()).map(({ id }) => id)).not.toContain(gone);
    expect((await rig.api(`/v1/cancellations/${gone}`, { method: 'DELETE' })).status).toBe(404);
    expect((await rig.api('/v1/cancellations/nope', { method: 'DELETE' })).status).toBe(400);
  });

  it('refuses what it cannot mean', async () => {
    const fine = { app_id: 'test', function_id: 'sleeps', started_before: now() };
    const refusals: [unknown, number, string][] = [
      [[], 400, 'Invalid cancellation request'],
      [{ ...fine, app_id: undefined }, 400, 'app_id is required'],
      [{ ...fine, function_id: '' }, 400, 'function_id is required'],
      [{ ...fine, function_id: 'nope' }, 404, 'function not found'],
      [{ ...fine, started_before: '2090-01-01' }, 400, 'started_before must be in the past'],
      [{ ...fine, started_before: 'soon' }, 400, 'started_before is not a time'],
      [{ ...fine, started_after: '2080-01-01' }, 400, 'started_after must be before started_before'],
      [{ ...fine, if: 'event.data.(' }, 400, 'invalid expression'],
    ];
    for (const [body, status, message] of refusals) {
      const reply = await post(body);
      expect([reply.status, (reply.body as { error: string }).error]).toEqual([
        status,
        expect.stringContaining(message),
      ]);
    }
  });
});
