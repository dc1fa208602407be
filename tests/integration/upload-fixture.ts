import { expect } from 'vitest';
import { checkUpload } from '@/server/modules/intake/uploads/use-cases/check-upload';
import { commitUpload } from '@/server/modules/intake/uploads/use-cases/commit-upload';
import { receiveUpload } from '@/server/modules/intake/uploads/use-cases/receive-upload';
import type { StaffActor } from '@/server/platform/actor';
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
export async function committing(of?: Parameters<typeof checked>[0]): Promise<string> {
  const id = await checked(of);
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
export const trailOf = (id: string) =>
  rowsOf(`SELECT action, entity, actor_id AS by, detail FROM audit_entry WHERE entity_id = $1 ORDER BY at, id`, [
    id,
  ]).then((rows) => rows.slice(1));
export const entry = (action: string, detail: object = {}) => ({ action, entity: 'upload', by: actor.id, detail });
export const refused = (kind: string, code: string, params = {}) => expect.objectContaining({ kind, code, params });
export const missing = refused('not-found', 'not_found');
