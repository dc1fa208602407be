import { beforeAll, expect, it } from 'vitest';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { concludeCheck } from '@/server/modules/intake/uploads/use-cases/conclude-check';
import { mapColumns } from '@/server/modules/intake/uploads/use-cases/map-columns';
import { ownerPool, withDatabase } from './database';
import { oneOf, rowsOf } from './till-fixture';
import { actor, HEAD, inState, line, MAPPING, makeUploadFixture, received, storedAs } from './upload-fixture';

withDatabase();
beforeAll(makeUploadFixture);

const refused = (kind: string, code: string) => expect.objectContaining({ kind, code });
const SWAPPED = { ...MAPPING, patient_dob: MAPPING.ordered_at, ordered_at: MAPPING.patient_dob } as typeof MAPPING;
const sheet = (ref: string) => received([HEAD, line(ref)].join('\n'));
const mappingOf = async (id: string) =>
  (await oneOf<{ mapping: typeof MAPPING }>('SELECT mapping FROM upload WHERE id = $1', [id])).mapping;

/** What a check holds while it reads a sheet. */
async function duringCheck<T>(id: string, work: () => Promise<T>): Promise<T> {
  const client = await ownerPool().connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1000))', [id]);
    return await work();
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

it('columns are not mapped otherwise while the sheet is being read by the old ones', async () => {
  const id = await sheet('MAP-1');
  await duringCheck(id, async () => {
    await expect(mapColumns({ actor, id, mapping: SWAPPED })).rejects.toEqual(refused('conflict', 'check_running'));
  });
  expect(await mappingOf(id)).toEqual(MAPPING);
  await mapColumns({ actor, id, mapping: MAPPING });
});

it.each([
  [
    'mapped otherwise',
    (id: string) => rowsOf('UPDATE upload SET mapping = $2 WHERE id = $1', [id, JSON.stringify(SWAPPED)]),
  ],
  ['begun to be written', (id: string) => inState(id, 'committing')],
])('a check does not call a sheet checked that has been %s since it was read', async (_, meanwhile) => {
  const id = await sheet(`MAP-${crypto.randomUUID()}`);
  const staged = await checkUpload({ actor, id });
  await concludeCheck({ actor, staged });
  await meanwhile(id);
  const before = await storedAs(id);
  await expect(concludeCheck({ actor, staged })).rejects.toEqual(refused('conflict', 'upload_moved_on'));
  expect(await storedAs(id)).toEqual(before);
});

it.each([
  ['inactive_service', 'active = false'],
  ['sex_mismatch', `sex = 'male'`],
  ['age_out_of_range', 'max_age = 12'],
])('what the catalogue forbids since the check is not written: %s', async (code, change) => {
  const id = await sheet(`CAT-${code}`);
  expect(await checkUpload({ actor, id })).toMatchObject({ valid: 1, invalid: 0 });
  await rowsOf(`UPDATE service SET ${change} WHERE code = 'CBC'`);
  await expect(commitUpload({ actor, id, allOrNothing: false })).rejects.toEqual(
    refused('conflict', 'nothing_to_commit'),
  );
  const errors = await rowsOf('SELECT "column", code, params FROM upload_error WHERE upload_id = $1', [id]);
  expect(errors).toEqual([{ column: 'service_codes', code, params: { service: 'CBC' } }]);
  await rowsOf(`UPDATE service SET active = true, sex = 'any', max_age = NULL WHERE code = 'CBC'`);
  // Another check takes back what it said.
  expect(await checkUpload({ actor, id })).toMatchObject({ valid: 1, invalid: 0 });
});

it.each([
  ['branch', 'branch', 'unknown_branch'],
  ['customer', 'customer_code', 'unknown_customer'],
  ['doctor', 'doctor_code', 'unknown_doctor'],
])('nor is anything sold for a %s that is in business no more since the check', async (table, column, code) => {
  const whole = `${HEAD},customer_code,doctor_code`;
  const id = await received([whole, `${line(`GONE-${table}`)},VIPCO,D1`].join('\n'));
  expect(await checkUpload({ actor, id })).toMatchObject({ valid: 1, invalid: 0 });
  const known = { branch: 'Q1', customer: 'VIPCO', doctor: 'D1' }[table];
  const set = (active: boolean) => rowsOf(`UPDATE ${table} SET active = $2 WHERE code = $1`, [known, active]);
  await set(false);
  await expect(commitUpload({ actor, id, allOrNothing: false })).rejects.toEqual(
    refused('conflict', 'nothing_to_commit'),
  );
  await set(true);
  const errors = await rowsOf('SELECT "column", code FROM upload_error WHERE upload_id = $1', [id]);
  expect(errors).toEqual([{ column, code }]);
});

it('a sheet that somebody begins to read again is not committed by another, and neither waits for the other', async () => {
  const id = await sheet('TWO-1');
  await checkUpload({ actor, id });
  await duringCheck(id, async () => {
    await expect(commitUpload({ actor, id, allOrNothing: false })).rejects.toEqual(
      refused('conflict', 'check_running'),
    );
  });
  expect(await storedAs(id)).toMatchObject({ state: 'checked', valid: 1 });
  await commitUpload({ actor, id, allOrNothing: false });
});

it('a check that ends while another one begins leaves the upload to it', async () => {
  const id = await sheet('TWO-2');
  const staged = await checkUpload({ actor, id });
  let concluding: Promise<void> = Promise.resolve();
  await duringCheck(id, async () => {
    concluding = concludeCheck({ actor, staged });
    await new Promise((resolve) => setTimeout(resolve, 200));
    // What the other check does next.
    await rowsOf(`UPDATE upload SET state_at = now() WHERE id = $1`, [id]);
  });
  await concluding;
  expect(await storedAs(id)).toMatchObject({ state: 'checked', valid: 1 });
});
