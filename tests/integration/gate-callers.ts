import { beforeAll, beforeEach } from 'vitest';
import * as gate from '@/server/modules/referral/statement-access/repository';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { rowsPastGuards, withDatabase } from './database';
import { anotherAddress, bindLocalMessages, type DoctorAtGate, makeDoctor } from './gate-fixture';
import { oneOf } from './till-fixture';

/** Two doctors at the gate and the address of who asks: others for each test. */
export let doctor: DoctorAtGate;
export let other: DoctorAtGate;
export let address: string;

export function withTwoDoctors(): void {
  withDatabase();
  beforeAll(bindLocalMessages);
  beforeEach(async () => {
    [doctor, other] = [await makeDoctor(), await makeDoctor()];
    address = anotherAddress();
  });
}

export const within = <T>(work: (tx: Transaction) => Promise<T>) => inTransaction(work);
export const bytes = (text: string) => new Uint8Array(Buffer.from(text));
export const set = (table: string, id: string, parts: string) =>
  rowsPastGuards(`UPDATE ${table} SET ${parts} WHERE id = $1`, [id]);

export const caller = (parts: Partial<gate.Caller> = {}): gate.Caller => ({
  doctorId: doctor.doctorId,
  recipientKey: bytes(`number of ${doctor.doctorId}`),
  addressHash: address,
  browserHash: bytes(`browser of ${doctor.doctorId}`),
  knownBrowserId: null,
  ...parts,
});
/** A code that was asked for, with what differs. */
export async function challenge(by: Partial<gate.Caller> = {}, parts = 'attempts = 0', of = doctor): Promise<string> {
  const given = { ...caller(by), linkId: of.linkId, channel: 'sms' as const, minutes: 5 };
  const id = await within((tx) => gate.addChallenge(tx, given));
  await set('otp_challenge', id, parts);
  return id;
}
/** Seconds from when a row was written to a moment of it. */
export const secondsTo = async (table: string, id: string, moment: string) =>
  (
    await oneOf<{ s: number }>(
      `SELECT extract(epoch FROM ${moment} - created_at)::int AS s FROM ${table} WHERE id = $1`,
      [id],
    )
  ).s;
