import { beforeAll, beforeEach, expect, it } from 'vitest';
import { uploadDetail } from '@/server/modules/intake/uploads/queries';
import type { StaffActor } from '@/server/platform/actor';
import { rowsPastGuards, withDatabase } from './database';
import { makeFixture, makeStaff, oneOf } from './till-fixture';

withDatabase();

let operator: StaffActor;
beforeAll(async () => {
  await makeFixture();
  operator = await makeStaff('upload-operator', null);
});
beforeEach(async () => void (await rowsPastGuards('DELETE FROM upload')));

type Given = { tier: string; state: string; valid: number; written?: number; seconds?: number };

/** An upload as it stands; `seconds` is how long its writing took. */
async function uploadOf({ tier, state, valid, written = 0, seconds }: Given): Promise<string> {
  const { id } = await oneOf<{ id: string }>(
    `INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, header, currency, tier, state, rows, valid, written, committed_at, finished_at)
     VALUES ('orders', 'a.csv', 'upload/' || gen_random_uuid(), repeat('0', 64), 1, '{"titles":[],"unknown":[],"missing":[],"duplicate":[]}', 'VND',
       $1, $2, $3, $3, $4, CASE WHEN $5::float IS NULL THEN NULL ELSE now() - make_interval(secs => $5) END,
       CASE WHEN $5::float IS NULL THEN NULL ELSE now() END) RETURNING id`,
    [tier, state, valid, written, seconds ?? null],
  );
  return id;
}

const forecast = async (id: string) => (await uploadDetail({ actor: operator, id })).expectedSeconds;

it('a forecast waits for all that its lane has yet to write, since a lane writes one chunk at a time', async () => {
  await uploadOf({ tier: 'standard', state: 'committed', valid: 1_000, written: 1_000, seconds: 10 });
  const mine = await uploadOf({ tier: 'standard', state: 'checked', valid: 200 });
  expect(await forecast(mine)).toBeCloseTo(2, 5);
  for (const written of [0, 100, 300]) await uploadOf({ tier: 'standard', state: 'committing', valid: 400, written });
  expect(await forecast(mine)).toBeCloseTo((400 + 300 + 100 + 200) / 100, 5);
});

it('a forecast is deaf to what other lanes have yet to write, and to how fast they have written', async () => {
  await uploadOf({ tier: 'vip1', state: 'committed', valid: 1_000, written: 1_000, seconds: 10 });
  await uploadOf({ tier: 'standard', state: 'committed', valid: 1_000, written: 1_000, seconds: 100 });
  await uploadOf({ tier: 'standard', state: 'committing', valid: 5_000 });
  await uploadOf({ tier: 'svip1', state: 'committing', valid: 7_000 });
  const vip = await uploadOf({ tier: 'vip1', state: 'checked', valid: 300 });
  const standard = await uploadOf({ tier: 'standard', state: 'checked', valid: 300 });
  expect(await forecast(vip)).toBeCloseTo(300 / 100, 5);
  expect(await forecast(standard)).toBeCloseTo(5_300 / 10, 5);
});

it('a lane that has never written is forecast by the others, and where nothing was written there is no forecast', async () => {
  const mine = await uploadOf({ tier: 'svip2', state: 'checked', valid: 300 });
  expect(await forecast(mine)).toBeNull();
  await uploadOf({ tier: 'standard', state: 'committed', valid: 1_000, written: 1_000, seconds: 100 });
  expect(await forecast(mine)).toBeCloseTo(30, 5);
});

it('a forecast goes by the five uploads of its lane that ended last, of those that wrote anything and took a moment', async () => {
  const ended = (id: string, ago: number) =>
    rowsPastGuards(
      `UPDATE upload SET finished_at = finished_at - make_interval(mins => $2), committed_at = committed_at - make_interval(mins => $2) WHERE id = $1`,
      [id, ago],
    );
  const standard = { tier: 'standard', state: 'committed' };
  for (const [ago, written] of [
    [6, 100_000],
    [1, 10],
    [5, 10],
    [3, 10],
    [2, 10],
    [4, 10],
  ] as const)
    await ended(await uploadOf({ ...standard, valid: written, written, seconds: 1 }), ago);
  await uploadOf({ ...standard, valid: 0, written: 0, seconds: 1_000 });
  await uploadOf({ ...standard, valid: 5_000, written: 5_000, seconds: 0 });
  await uploadOf({ tier: 'standard', state: 'failed', valid: 9_000, written: 9_000, seconds: 1 });
  const mine = await uploadOf({ tier: 'standard', state: 'committing', valid: 200, written: 50 });
  await uploadOf({ tier: 'standard', state: 'checked', valid: 700 });
  expect(await forecast(mine)).toBeCloseTo(150 / 10, 5);
});
