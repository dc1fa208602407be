import { expect } from 'vitest';
import { checkStagedRows } from '@/server/modules/intake/uploads/repository';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import type { StaffActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { rowsPastGuards } from './database';
import { makeFixture, makeStaff, oneOf, rowsOf } from './till-fixture';

export const HEAD =
  'external_ref,branch,ordered_at,patient_name,patient_dob,patient_sex,patient_phone,service_codes,payment';
const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
export const line = (ref: string, phone = '0912000001') =>
  `${ref},Q1,${day},Người Một,1985-06-07,female,${phone},CBC,cash`;
/** The columns of such a sheet as they stand. */
export const MAPPING = Object.fromEntries(HEAD.split(',').map((column, at) => [column, at]));
export const nobody = crypto.randomUUID();

export let actor: StaffActor;
let refs = 0;
export async function makeUploadFixture(): Promise<void> {
  await makeFixture();
  actor = await makeStaff('upload-operator', null);
}

export async function received(
  text: string,
  parts: Partial<Parameters<typeof receiveUpload>[0]> = {},
): Promise<string> {
  const content = (async function* () {
    yield Buffer.from(text);
  })();
  return (await receiveUpload({ actor, kind: 'orders', fileName: 'don.csv', content, ...parts })).id;
}
/** A checked sheet of right rows, and of wrong ones. */
export async function checked({ right = 2, wrong = 0 } = {}): Promise<string> {
  const lines = [...Array(right).fill('0912000001'), ...Array(wrong).fill('?')].map((phone: string) => {
    refs += 1;
    return line(`S-${refs}`, phone);
  });
  const id = await received([HEAD, ...lines].join('\n'));
  await checkUpload({ actor, id });
  return id;
}
/** An upload as its check leaves it, without the reading of a sheet: of right rows, and of wrong ones. */
export async function staged({ right = 2, wrong = 0 } = {}): Promise<string> {
  const { id } = await oneOf<{ id: string }>(
    `INSERT INTO upload (kind, file_name, storage_key, sha256, bytes, state, created_by)
     VALUES ('orders', 'don.csv', 'upload/' || gen_random_uuid(), repeat('0', 64), 1, 'checking', $1) RETURNING id`,
    [actor.id],
  );
  await rowsOf(
    `INSERT INTO upload_row (upload_id, "row", cells, valid, external_ref, branch_id, ordered_at, name, dob, sex, phone, service_codes, payment)
     SELECT $1::uuid, n + 1, '[]', n <= $2::int, concat($1::uuid, '-', n), b.id, now() - interval '2 days', 'Người Một', '1985-06-07', 'female', '+84912000001', '{CBC}', 'cash'
     FROM generate_series(1, $3::int) n JOIN branch b ON b.code = 'Q1'`,
    [id, right, right + wrong],
  );
  await rowsOf(
    `INSERT INTO upload_error (upload_id, "row", "column", code) SELECT upload_id, "row", 'patient_phone', 'bad_phone' FROM upload_row WHERE upload_id = $1 AND NOT valid`,
    [id],
  );
  await inTransaction((tx) => checkStagedRows(tx, id));
  return id;
}
export async function committing(of?: Parameters<typeof staged>[0]): Promise<string> {
  const id = await staged(of);
  await commitUpload({ actor, id, allOrNothing: false });
  return id;
}
export const inState = (id: string, state: string) =>
  rowsPastGuards('UPDATE upload SET state = $2 WHERE id = $1', [id, state]);

export const storedAs = (id: string) =>
  oneOf<Record<string, unknown>>(
    `SELECT state, failure, all_or_nothing AS "allOrNothing", rows, valid, invalid, lines, net_total::int AS net, patients_new AS "patientsNew", written,
       checked_at IS NOT NULL AS checked, committed_at IS NOT NULL AS committed, finished_at IS NOT NULL AS finished FROM upload WHERE id = $1`,
    [id],
  );
/** What was recorded of an upload since it was received. */
export const trailOf = (id: string) =>
  rowsOf(
    `SELECT action, entity, actor_id AS by, detail FROM audit_entry WHERE entity_id = $1 AND action <> 'upload.received' ORDER BY at, id`,
    [id],
  );
export const entry = (action: string, detail: object = {}) => ({ action, entity: 'upload', by: actor.id, detail });
export const refused = (kind: string, code: string, params = {}) => expect.objectContaining({ kind, code, params });
export const missing = refused('not-found', 'not_found');
