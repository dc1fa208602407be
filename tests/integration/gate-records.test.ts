import { describe, expect, it } from 'vitest';
import * as gate from '@/server/modules/referral/statement-access/repository';
import { rowsOf, rowsPastGuards } from './database';
import { bytes, caller, challenge, doctor, other, secondsTo, set, within, withTwoDoctors } from './gate-callers';
import { anotherAddress } from './gate-fixture';
import { oneOf } from './till-fixture';

withTwoDoctors();

describe('what the limits go by', () => {
  const stranger = {
    doctorId: '00000000-0000-7000-8000-000000000099',
    recipientKey: bytes('s'),
    browserHash: bytes('s'),
  };
  const flags = ({ sameDoctor, sameRecipient, sameAddress, sameBrowser }: Record<string, unknown>) =>
    [sameDoctor, sameRecipient, sameAddress, sameBrowser].map(Number).join('');

  it('is every code of a day that has the doctor, the number or the address in common, and which', async () => {
    const { doctorId, recipientKey, browserHash } = caller();
    const away = { ...stranger, addressHash: anotherAddress() };
    await challenge();
    await challenge({ ...away, doctorId });
    await challenge({ ...away, recipientKey });
    await challenge({ ...stranger });
    await challenge({ ...away, browserHash });
    await challenge({ ...away, doctorId, browserHash });
    await challenge({ ...away, doctorId }, `created_at = now() - interval '24 hours 1 second'`);
    // Rows from before these were kept have neither.
    await challenge({ ...stranger }, 'doctor_id = NULL, recipient_key = NULL');
    const { asked } = await within((tx) => gate.standingOf(tx, caller()));
    expect(asked.map(flags).sort()).toEqual(['0010', '0010', '0100', '1000', '1001', '1111']);
  });

  it('is how often a wrong code was entered, by whom it was asked, and when staff unlocked the doctor', async () => {
    const known = '00000000-0000-7000-8000-000000000042';
    await challenge({}, 'attempts = 3');
    await challenge({ knownBrowserId: known }, 'attempts = 3, used_at = now()');
    await rowsOf(`INSERT INTO gate_lockout (doctor_id, unlocked_at) VALUES ($1, '2026-10-01T00:00Z')`, [
      other.doctorId,
    ]);
    const standing = await within((tx) => gate.standingOf(tx, caller({ knownBrowserId: known })));
    expect(standing.asked.map(({ failed, knownBrowserId }) => [failed, knownBrowserId]).sort()).toEqual([
      [2, known],
      [3, null],
    ]);
    expect(standing).toMatchObject({ knownBrowserId: known, unlockedAt: null, now: expect.any(Date) });
    const unlocked = await within((tx) => gate.standingOf(tx, caller({ doctorId: other.doctorId })));
    expect(unlocked.unlockedAt).toEqual(new Date('2026-10-01T00:00Z'));
  });
});

describe('a lockout', () => {
  const add = (reason: 'tries' | 'codes', of = doctor) => within((tx) => gate.addLockout(tx, of.doctorId, reason));
  const end = (by: string | null, of = doctor) => within((tx) => gate.endLockout(tx, of.doctorId, by));
  const stored = async (of = doctor) =>
    oneOf<Record<string, unknown>>(
      `SELECT reason, locked_at > now() - interval '1 minute' AS fresh, unlocked_at IS NOT NULL AS unlocked, unlocked_by AS by FROM gate_lockout WHERE doctor_id = $1`,
      [of.doctorId],
    );
  const age = (time: string) =>
    rowsOf(`UPDATE gate_lockout SET locked_at = now() - $2::interval WHERE doctor_id = $1`, [doctor.doctorId, time]);

  it('is news once a day, for each doctor, and again when it was ended', async () => {
    expect([await add('tries'), await add('codes'), await add('codes', other)]).toEqual([true, false, true]);
    expect(await stored()).toEqual({ reason: 'tries', fresh: true, unlocked: false, by: null });
    await age('23 hours 59 minutes');
    expect(await add('codes')).toBe(false);
    await age('24 hours 1 second');
    expect([await add('codes'), await stored()]).toEqual([
      true,
      { reason: 'codes', fresh: true, unlocked: false, by: null },
    ]);
    const by = crypto.randomUUID();
    expect([await end(by), await end(by)]).toEqual([true, false]);
    expect(await stored()).toEqual({ reason: null, fresh: null, unlocked: true, by });
    expect(await stored(other)).toMatchObject({ reason: 'codes', unlocked: false });
    expect([await add('tries'), await stored()]).toEqual([true, { reason: 'tries', fresh: true, unlocked: true, by }]);
    expect([await end(null, other), (await stored(other)).by]).toEqual([true, null]);
  });
});

describe('a code that is to be sent', () => {
  const claim = (challengeId: string) =>
    within((tx) => gate.claimChallenge(tx, { challengeId, codeHash: bytes('code'), minutes: 7, seconds: 40 }));
  const waits = (challengeId: string) => gate.claimSecondsLeft(challengeId);

  it('is taken by one sender, with the way to its doctor, for as long as was asked', async () => {
    const [id, second] = [await challenge(), await challenge()];
    const { linkId, phone, email } = doctor;
    expect(await waits(id)).toBe(0);
    expect(await claim(id)).toEqual({ linkId, channel: 'sms', phone, email, language: 'vi' });
    expect(await claim(id)).toBeNull();
    const left = await waits(id);
    expect([left && left > 30, left && left <= 40]).toEqual([true, true]);
    expect(await secondsTo('otp_challenge', id, 'expires_at')).toBeGreaterThanOrEqual(7 * 60);
    expect(await waits(second)).toBe(0);
    expect(
      await oneOf('SELECT code_hash AS code, claimed_until AS until FROM otp_challenge WHERE id = $1', [second]),
    ).toEqual({
      code: null,
      until: null,
    });
    await set('otp_challenge', id, `claimed_until = now() - interval '1 second'`);
    expect(await waits(id)).toBe(0);
    expect(await claim(id)).toMatchObject({ linkId });
  });

  it.each([
    ['sent', 'otp_challenge', 'sent_at = now()'],
    ['used', 'otp_challenge', 'used_at = now()'],
    ['expired', 'otp_challenge', `expires_at = now() - interval '1 second'`],
    ['asked for by a link that was revoked', 'statement_link', 'revoked_at = now()'],
    ['asked for by a link that has expired', 'statement_link', `expires_at = now() - interval '1 second'`],
  ])('is not taken when it was %s, and nobody waits for it', async (_, table, parts) => {
    const id = await challenge();
    await set(table, table === 'statement_link' ? doctor.linkId : id, parts);
    expect([await claim(id), await waits(id)]).toEqual([null, null]);
  });

  it('is not taken for a doctor who is inactive, nor where there is none', async () => {
    const id = await challenge();
    await rowsPastGuards('UPDATE doctor SET active = false WHERE id = $1', [doctor.doctorId]);
    expect(await claim(id)).toBeNull();
    expect([await claim(crypto.randomUUID()), await waits(crypto.randomUUID())]).toEqual([null, null]);
  });

  it('is free again when it could not be sent, and names the way it went when it was', async () => {
    const [id, second] = [await challenge(), await challenge()];
    const stored = (of: string) =>
      oneOf(
        'SELECT channel, sent_at IS NOT NULL AS sent, claimed_until IS NULL AS free FROM otp_challenge WHERE id = $1',
        [of],
      );
    const settle = (by: 'email' | null) => within((tx) => gate.settleChallenge(tx, id, by));
    for (const one of [id, second]) await claim(one);
    await settle(null);
    expect(await stored(id)).toEqual({ channel: 'sms', sent: false, free: true });
    await settle('email');
    expect(await stored(id)).toEqual({ channel: 'email', sent: true, free: true });
    expect(await stored(second)).toEqual({ channel: 'sms', sent: false, free: false });
    // What was sent stays so, whoever fails later.
    await settle(null);
    expect(await stored(id)).toEqual({ channel: 'email', sent: true, free: true });
  });
});

describe('a code that is tried', () => {
  const attempt = (challengeId: string, code: string, tries = 3) =>
    within((tx) => gate.tryCode(tx, { challengeId, codeHash: bytes(code), tries }));

  it('is right once, and no more often wrong than allowed', async () => {
    const [id, second] = [await challenge({}, `code_hash = 'right'`), await challenge({}, `code_hash = 'right'`)];
    expect(await attempt(id, 'wrong')).toEqual({ right: false });
    expect([await attempt(id, 'right'), await attempt(id, 'right')]).toEqual([{ right: true }, null]);
    expect(await oneOf('SELECT attempts, used_at IS NOT NULL AS used FROM otp_challenge WHERE id = $1', [id])).toEqual({
      attempts: 2,
      used: true,
    });
    expect(await oneOf('SELECT attempts, used_at FROM otp_challenge WHERE id = $1', [second])).toEqual({
      attempts: 0,
      used_at: null,
    });
    for (const _ of [1, 2, 3]) expect(await attempt(second, 'wrong')).toEqual({ right: false });
    expect(await attempt(second, 'right')).toBeNull();
  });

  it('is not tried when it has expired, and one that was never sent is wrong', async () => {
    expect(
      await attempt(await challenge({}, `code_hash = 'right', expires_at = now() - interval '1 second'`), 'right'),
    ).toBeNull();
    expect(await attempt(await challenge(), 'right')).toEqual({ right: false });
    expect(await attempt(crypto.randomUUID(), 'right')).toBeNull();
  });
});
