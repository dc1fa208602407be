import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { email } from '@/server/integrations/email/port';
import { sms } from '@/server/integrations/sms/port';
import { sendOtp } from '@/server/modules/referral/statement-access/public/send-otp';
import { claimSecondsLeft } from '@/server/modules/referral/statement-access/repository';
import type { Visitor } from '@/server/modules/referral/statement-access/schema';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { showLockouts } from '@/server/modules/referral/statement-access/use-cases/show-lockouts';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';
import { PortalError } from '@/server/platform/errors';
import { rowsPastGuards, withDatabase } from './database';
import {
  actor,
  anotherAddress,
  askForCode,
  bindLocalMessages,
  type DoctorAtGate,
  makeDoctor,
  newestChallenge,
  passPause,
  rowsOf,
  trailOfThing as trail,
  visitor,
} from './gate-fixture';
import { makeStaff, oneOf } from './till-fixture';

withDatabase();
beforeAll(bindLocalMessages);

let doctor: DoctorAtGate;
let by: Visitor;
beforeEach(async () => {
  doctor = await makeDoctor();
  by = visitor({ addressHash: anotherAddress(), method: 'POST' });
});

/** Codes that other browsers at other addresses asked for, so long ago, each tried so often. */
const others = (many: number, ago: string, attempts: number, of = doctor) =>
  rowsPastGuards(
    `INSERT INTO otp_challenge (link_id, channel, browser_hash, address_hash, doctor_id, recipient_key, expires_at, created_at, attempts)
     SELECT $1, 'sms', decode(lpad(to_hex(n), 8, '0'), 'hex'), decode(lpad(to_hex(n), 8, 'f'), 'hex'), $2, decode(lpad(to_hex(n), 8, 'e'), 'hex'), now(), now() - $4::interval, $5
     FROM generate_series(1, $3::int) n`,
    [of.linkId, of.doctorId, many, ago, attempts],
  );
const ask = (of = doctor) => requestCode({ token: of.token, browser: null, visitor: by, channel: 'sms' });
/** That a limit refuses, for as long as it says within some seconds of running. */
async function refusedFor(asking: Promise<unknown>, seconds: number): Promise<void> {
  const refused = await asking.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PortalError);
  expect(refused).toMatchObject({ kind: 'limited', code: 'too_many_tries' });
  const { seconds: said } = (refused as { params: { seconds: number } }).params;
  expect([said <= seconds, said > seconds - 30]).toEqual([true, true]);
}

describe('an alarm of the gate', () => {
  it('says that codes were asked for, or tried, too often; once, and of one doctor', async () => {
    const other = await makeDoctor();
    await others(20, '2 hours', 0);
    for (const _ of [1, 2]) await refusedFor(ask(), 22 * 3600);
    await others(20, '3 hours', 5, other);
    await others(19, '3 hours', 0, await makeDoctor());
    await refusedFor(ask(other), 21 * 3600);
    const [locked, tried] = [await trail('doctor', doctor.doctorId), await trail('doctor', other.doctorId)];
    expect(locked).toEqual(['system gate gate.locked {"reason": "codes"}']);
    expect(tried).toEqual(['system gate gate.locked {"reason": "codes"}']);
    const { lockouts, mayUnlock } = await showLockouts({ actor: await makeStaff('finance', null) });
    expect(lockouts.map(({ doctorId, reason }) => [doctorId, reason])).toEqual([
      [other.doctorId, 'codes'],
      [doctor.doctorId, 'codes'],
    ]);
    expect(mayUnlock).toBe(true);
    const one = await showLockouts({ actor: await makeStaff('auditor', null), doctorId: doctor.doctorId });
    expect([one.lockouts.length, one.mayUnlock]).toEqual([1, false]);
    const correlated = await rowsOf(
      `SELECT correlation_id AS id FROM audit_entry WHERE action = 'gate.locked' AND entity_id = $1`,
      [doctor.doctorId],
    );
    expect(correlated).toEqual([{ id: by.correlationId }]);
  });

  it('is raised by tries as well, which lock out even who has a living code', async () => {
    const { browser, code } = await askForCode(doctor, by.addressHash);
    const attempt = () => verifyCode({ token: doctor.token, browser, visitor: by, code });
    await others(19, '4 hours', 5);
    await rowsOf('UPDATE otp_challenge SET attempts = 4 WHERE id = $1', [await newestChallenge(doctor.linkId)]);
    await others(1, '5 hours', 1);
    await refusedFor(attempt(), 19 * 3600);
    expect(await trail('doctor', doctor.doctorId)).toEqual(['system gate gate.locked {"reason": "tries"}']);
    await rowsPastGuards(`DELETE FROM otp_challenge WHERE created_at < now() - interval '270 minutes'`);
    await expect(attempt()).resolves.toHaveProperty('session');
  });

  it('is none where one browser or one address is refused', async () => {
    await rowsPastGuards(
      `INSERT INTO otp_challenge (link_id, channel, browser_hash, address_hash, doctor_id, expires_at, created_at)
       SELECT $1, 'sms', '\\x01', decode($3, 'base64'), $2, now(), now() - interval '10 minutes' FROM generate_series(1, 3)`,
      [doctor.linkId, doctor.doctorId, Buffer.from(by.addressHash, 'base64url').toString('base64')],
    );
    await refusedFor(ask(), 50 * 60);
    expect(await trail('doctor', doctor.doctorId)).toEqual([]);
  });
});

describe('a code on its way', () => {
  it('is kept for its sender a minute, and each try has a key of its own', async () => {
    await passPause();
    await ask();
    const challengeId = await newestChallenge(doctor.linkId);
    const tries: { key: string; left: number; text: string }[] = [];
    const failing = {
      send: async ({ key, text }: { key: string; text: string }) => {
        const { left } = await oneOf<{ left: number }>(
          'SELECT extract(epoch FROM claimed_until - clock_timestamp())::float AS left FROM otp_challenge WHERE id = $1',
          [challengeId],
        );
        tries.push({ key, left, text });
        throw new PortalError('unavailable', 'sms_unavailable');
      },
    };
    sms.bind(failing);
    email.bind(failing);
    for (const _ of [1, 2])
      await expect(sendOtp({ actor, challengeId })).rejects.toMatchObject({ code: 'sms_unavailable' });
    bindLocalMessages();
    expect(tries.map(({ left }) => left > 30 && left < 60)).toEqual([true, true, true, true]);
    expect(tries.map(({ key }) => /^otp-[0-9a-f-]{36}$/.test(key))).toEqual([true, true, true, true]);
    expect(new Set(tries.map(({ key }) => key)).size).toBe(2);
    expect(tries.every(({ text }) => /\b\d{6}\b/.test(text) && /\b5\b/.test(text))).toBe(true);
    expect(await sendOtp({ actor, challengeId })).toEqual({ sent: true });
  });

  it('that another sends is waited for until the other’s time is over', async () => {
    await passPause();
    await ask();
    const challengeId = await newestChallenge(doctor.linkId);
    await rowsOf(`UPDATE otp_challenge SET claimed_until = now() + interval '40 seconds' WHERE id = $1`, [challengeId]);
    const before = (await claimSecondsLeft(challengeId)) ?? 0;
    const refused = await sendOtp({ actor, challengeId }).catch((error: unknown) => error);
    const after = (await claimSecondsLeft(challengeId)) ?? 0;
    expect(refused).toMatchObject({ kind: 'unavailable', code: 'being_sent' });
    const { seconds } = (refused as { params: { seconds: number } }).params;
    expect([seconds <= before + 1, seconds >= after + 1]).toEqual([true, true]);
    expect(await rowsOf('SELECT 1 FROM local_message WHERE "to" = $1', [doctor.phone])).toEqual([]);
  });
});
