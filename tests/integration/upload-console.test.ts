import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  findCauses,
  findEffectStates,
  impactOfRuns,
  readLanes,
  readPace,
} from '@/server/modules/core/operations/queries';
import { watchUpload } from '@/server/modules/intake/uploads/use-cases/watch-upload';
import type { StaffActor } from '@/server/platform/actor';
import { yieldToHigherLane } from '@/server/platform/yield-to-higher-lane';
import { rowsPastGuards, withDatabase } from './database';
import { makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

withDatabase();

let actor: StaffActor;
beforeAll(async () => {
  await makeFixture();
  actor = await makeStaff('upload-operator', null);
});
beforeEach(async () => {
  for (const table of ['upload_outcome', 'upload_row', 'upload']) await rowsPastGuards(`DELETE FROM ${table}`);
});

type Given = {
  tier?: string;
  state?: string;
  valid?: number;
  written?: number;
  net?: number;
  at?: Partial<Record<'created' | 'committed' | 'finished', string>>;
};

/** An upload as it stands; its moments are how long ago they were. */
async function uploadOf({
  tier = 'standard',
  state = 'committing',
  valid = 0,
  written = 0,
  net = 0,
  at = {},
}: Given): Promise<string> {
  const ago = (moment: keyof typeof at) => at[moment] ?? null;
  const { id } = await oneOf<{ id: string }>(
    `INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, tier, state, rows, valid, written, net_total, created_at, committed_at, finished_at)
     VALUES ('orders', 'đơn.csv', 'upload/' || gen_random_uuid(), repeat('0', 64), 1, $1, $2, $3, $3, $4, $5,
       now() - coalesce($6::interval, '0'), now() - $7::interval, now() - $8::interval) RETURNING id`,
    [tier, state, valid, written, net, ago('created'), ago('committed'), ago('finished')],
  );
  return id;
}
const outcomes = (upload: string, n: number, ago: string) =>
  rowsPastGuards(
    `INSERT INTO upload_outcome (upload_id, "row", order_id, at) SELECT $1, $2 * 100 + n, gen_random_uuid(), now() - $3::interval FROM generate_series(1, $2) n`,
    [upload, n, ago],
  );

it('the pace of a lane is what it wrote in each of the last sixty minutes, of all its files, the oldest first', async () => {
  const one = await uploadOf({ valid: 50 });
  const other = await uploadOf({ valid: 50 });
  await outcomes(one, 3, '4 minutes 30 seconds');
  await outcomes(other, 4, '4 minutes 40 seconds');
  await outcomes(one, 2, '59 minutes 30 seconds');
  await outcomes(other, 5, '60 minutes 10 seconds');
  const pace = await readPace();
  expect(pace.map(({ tier, rows }) => [tier, rows.length])).toEqual(
    ['standard', 'vip1', 'svip1', 'svip2'].map((tier) => [tier, 60]),
  );
  const rows = pace[0]?.rows ?? [];
  expect([rows[0], rows[55], rows.reduce((sum, count) => sum + count, 0)]).toEqual([2, 7, 9]);
});

it('the lanes say what each has before it, what it wrote within the hour and what within the last minutes', async () => {
  await uploadOf({ valid: 100, written: 30 });
  const one = await uploadOf({ valid: 50, written: 10 });
  await uploadOf({ valid: 70, state: 'checked' });
  const done = await uploadOf({ state: 'committed', valid: 20, written: 20, at: { finished: '59 minutes' } });
  await uploadOf({ state: 'committed', valid: 7, written: 7, at: { finished: '60 minutes 10 seconds' } });
  const vip = await uploadOf({ tier: 'svip1', state: 'committed', valid: 9, written: 9, at: { finished: '1 minute' } });
  await outcomes(one, 3, '4 minutes 50 seconds');
  await outcomes(done, 4, '1 second');
  await outcomes(done, 5, '5 minutes 10 seconds');
  await outcomes(vip, 2, '1 second');
  expect(await readLanes()).toEqual([
    { tier: 'standard', waiting: 2, rowsLeft: 110, rowsLastHour: 20, drainSeconds: expect.any(Number) },
    { tier: 'vip1', waiting: 0, rowsLeft: 0, rowsLastHour: 0, drainSeconds: null },
    { tier: 'svip1', waiting: 0, rowsLeft: 0, rowsLastHour: 9, drainSeconds: null },
    { tier: 'svip2', waiting: 0, rowsLeft: 0, rowsLastHour: 0, drainSeconds: null },
  ]);
  const [lane, , svip] = await rowsOf<{ rows_lately: number }>('SELECT rows_lately FROM upload_lanes(5)');
  expect([lane?.rows_lately, svip?.rows_lately]).toEqual([7, 2]);
  expect(await rowsOf('SELECT rows_lately FROM upload_lanes(6) LIMIT 1')).toEqual([{ rows_lately: 12 }]);
});

it('uploads that failed within thirty days are stuck, with their money since the first of them', async () => {
  const stuck = async () => (await findCauses()).filter(({ kind }) => kind === 'uploads-failed');
  await uploadOf({ state: 'committed', net: 9 });
  expect(await stuck()).toEqual([]);
  const ids = [
    await uploadOf({ state: 'failed', net: 100, at: { created: '29 days 23 hours' } }),
    await uploadOf({ state: 'failed', net: 20, at: { created: '1 day' } }),
  ];
  await uploadOf({ state: 'failed', net: 7, at: { created: '30 days 1 minute' } });
  const { since } = await oneOf<{ since: Date }>('SELECT created_at AS since FROM upload WHERE id = $1', [ids[0]]);
  expect(await stuck()).toEqual([{ kind: 'uploads-failed', count: 2, since, money: 120n }]);
});

it('an upload concerns the people of its right rows, each once, and its money once', async () => {
  const id = await uploadOf({
    state: 'failed',
    tier: 'vip1',
    net: 500,
    valid: 4,
    written: 1,
    at: { finished: '1 minute' },
  });
  await rowsPastGuards(
    `INSERT INTO upload_row (upload_id, "row", cells, valid, name, dob, sex, phone) SELECT $1, n, '[]', n <> 5, name, dob::date, sex, phone FROM (VALUES
       (2, 'Lê An', '1990-01-01', 'male', '+84900000001'), (3, 'LE AN', '1990-01-01', 'male', '+84900000001'),
       (4, 'Lê An', '1990-01-02', 'male', '+84900000001'), (5, 'Khác', '1990-01-01', 'male', '+84900000001')) r (n, name, dob, sex, phone)`,
    [id],
  );
  await rowsOf(
    `INSERT INTO background_run (run_id, function_id, state, state_at, ended_at, attempts, started_at, last_seen_at, subject_kind, subject_ids, event_ids, replay_of)
     VALUES ('U1', 'orders-bulk-upload', 'failed', now(), now(), 1, now(), now(), 'upload', ARRAY[$1], '{}', '{}')`,
    [id],
  );
  expect(await impactOfRuns(['U1'])).toEqual({ patients: 2, money: 500n });
  const impact = await rowsOf(
    `SELECT thing, person, money::int, tier FROM impact_upload WHERE id = $1 ORDER BY person NULLS FIRST`,
    [id],
  );
  expect(impact).toEqual([
    { thing: id, person: null, money: 500, tier: 'vip1' },
    ...['1990-01-01', '1990-01-01', '1990-01-02'].map((dob) => ({
      ...{ thing: null, person: `le an|${dob}|male|+84900000001`, money: null, tier: null },
    })),
  ]);
  expect(await rowsOf(`SELECT * FROM subject WHERE kind = 'upload' AND id = $1`, [id])).toEqual([
    { kind: 'upload', id, label: 'đơn.csv', reference: 'đơn.csv', address: `/uploads/${id}`, branch_id: null },
  ]);
  const { at } = await oneOf<{ at: Date }>('SELECT finished_at AS at FROM upload WHERE id = $1', [id]);
  const waiting = await uploadOf({ valid: 5 });
  const state = { applies: true, possible: true };
  const states = await findEffectStates([`upload:${id}`, `upload:${waiting}`]);
  expect(new Set(states)).toEqual(
    new Set([
      { ...state, key: `upload:${id}`, doneAt: at, done: 1, left: 3 },
      { ...state, key: `upload:${waiting}`, doneAt: null, done: 0, left: 5 },
    ]),
  );
});

describe('work yields to an upload of a higher tier', () => {
  const isBusy = async () => (await oneOf<{ busy: boolean }>('SELECT is_higher_lane_busy() AS busy')).busy;

  it.each<[Given, boolean]>([
    [{ tier: 'vip1', at: { committed: '59 seconds' } }, true],
    [{ tier: 'svip2', at: { committed: '1 second' } }, true],
    [{ tier: 'vip1', at: { committed: '61 seconds' } }, false],
    [{ tier: 'standard', at: { committed: '1 second' } }, false],
    [{ tier: 'vip1', state: 'committed', at: { committed: '1 second' } }, false],
    [{ tier: 'vip1', state: 'checked' }, false],
  ])('in its first minute: %j %s', async (given, busy) => {
    await uploadOf(given);
    expect(await isBusy()).toBe(busy);
    if (!busy) await yieldToHigherLane();
  });
});

describe('who watches an upload', () => {
  it('hears of it at once and when it has changed, until it is at rest', async () => {
    const id = await uploadOf({ valid: 4, written: 1 });
    const heard: string[] = [];
    for await (const { state, written } of watchUpload({ actor, id })) {
      heard.push(`${state} ${written}`);
      if (heard.length === 1) await rowsPastGuards('UPDATE upload SET written = 3 WHERE id = $1', [id]);
      else
        await rowsPastGuards(`UPDATE upload SET written = 4, state = 'committed', finished_at = now() WHERE id = $1`, [
          id,
        ]);
    }
    expect(heard).toEqual(['committing 1', 'committing 3', 'committed 4']);
  });

  it('hears nothing twice, and nothing any more once it has gone', async () => {
    const id = await uploadOf({ valid: 4, written: 1, state: 'checking' });
    const gone = new AbortController();
    const heard: number[] = [];
    setTimeout(() => gone.abort(), 200);
    for await (const { written } of watchUpload({ actor, id, signal: gone.signal })) heard.push(written);
    expect(heard).toEqual([1]);
    for await (const _ of watchUpload({ actor, id, signal: AbortSignal.abort() })) heard.push(0);
    expect(heard).toEqual([1]);
    await expect(watchUpload({ actor, id: crypto.randomUUID() }).next()).rejects.toMatchObject({ code: 'not_found' });
  });
});
