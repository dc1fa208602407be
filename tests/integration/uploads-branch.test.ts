import { beforeAll, describe, expect, it } from 'vitest';
import { appRouter } from '@/server/api/root';
import { createCallerFactory } from '@/server/api/trpc';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { exportUploadErrors } from '@/server/modules/intake/uploads/use-cases/export-upload-errors';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import type { StaffActor } from '@/server/platform/actor';
import { asPortalError } from '@/server/platform/errors';
import { withDatabase } from './database';
import { wholeText } from './gathered';
import { makeFixture, makeStaff } from './till-fixture';

withDatabase();

const HEAD = 'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,service_codes,payment';
const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const row = (reference: string, branch: string, services = 'CBC') =>
  `${reference},${branch},${day},Người Một,1985-06-07,female,0912000001,${services},cash`;

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function checked(operator: StaffActor, ...rows: string[]): Promise<string> {
  const content = bytes([HEAD, ...rows].join('\n'));
  const { id } = await receiveUpload({ actor: operator, kind: 'orders', fileName: 'b.csv', content });
  await checkUpload({ actor: operator, id });
  return id;
}

const callerOf = (staff: StaffActor) =>
  createCallerFactory(appRouter)({
    ...{ staff, doctor: null, locale: 'vi' as const, correlationId: 'test', addressHash: 'test' },
    isStillSignedIn: async () => true,
  }).uploads;

async function first<T>(values: AsyncIterable<T>): Promise<T | undefined> {
  for await (const value of values) return value;
  return undefined;
}

/** Everything that reads an upload. */
const LOOKS: [string, (staff: StaffActor, id: string) => Promise<unknown>][] = [
  ['byId', (staff, id) => callerOf(staff).byId({ id })],
  ['status', (staff, id) => callerOf(staff).status({ id })],
  ['progress', async (staff, id) => first((await callerOf(staff).progress({ id })) as AsyncIterable<unknown>)],
  ['the wrong cells as CSV', (staff, id) => wholeText(exportUploadErrors({ actor: staff, id, locale: 'vi' }))],
];

let operator: StaffActor;
let manager: StaffActor;
let ours: string;
let theirs: string;
let mixed: string;
beforeAll(async () => {
  await makeFixture();
  operator = await makeStaff('upload-operator', null);
  manager = await makeStaff('branch-manager', 'Q1');
  ours = await checked(operator, row('B-1', 'Q1'));
  theirs = await checked(operator, row('B-2', 'HN'), row('B-3', 'HN', 'NO-SUCH'));
  mixed = await checked(operator, row('B-4', 'Q1', 'NO-SUCH'), row('B-5', 'HN', 'NOT-HERE'));
});

describe('an upload of another branch', () => {
  it('stands in no list of a branch manager', async () => {
    const ids = async (staff: StaffActor) => (await callerOf(staff).list({ limit: 50 })).rows.map(({ id }) => id);
    expect((await ids(operator)).toSorted()).toEqual([ours, theirs, mixed].toSorted());
    expect((await ids(manager)).toSorted()).toEqual([ours, mixed].toSorted());
  });

  it.each(LOOKS)('is not found: %s', async (_, look) => {
    await expect(look(operator, theirs)).resolves.toBeDefined();
    await expect(look(manager, ours)).resolves.toBeDefined();
    const found = await look(manager, theirs).catch(
      (error: unknown) => asPortalError((error as Error).cause ?? error).code,
    );
    expect(found).toEqual('not_found');
  });

  it('shows none of its rows, and of a mixed one those of the own branch alone', async () => {
    const rowsFor = async (staff: StaffActor, id: string) =>
      (await callerOf(staff).sheet({ id, limit: 20, cursor: null })).rows.length;
    expect([await rowsFor(operator, theirs), await rowsFor(manager, theirs)]).toEqual([2, 0]);
    expect([await rowsFor(operator, mixed), await rowsFor(manager, mixed)]).toEqual([2, 1]);
    const csv = await wholeText(exportUploadErrors({ actor: manager, id: mixed, locale: 'vi' }));
    expect(csv).toContain('NO-SUCH');
    expect(csv).not.toContain('NOT-HERE');
  });
});
