import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendOtp } from '@/server/modules/referral/statement-access/public/send-otp';
import { openLink } from '@/server/modules/referral/statement-access/use-cases/open-link';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { resolveGateSession } from '@/server/modules/referral/statement-access/use-cases/resolve-gate-session';
import { revokeLink } from '@/server/modules/referral/statement-access/use-cases/revoke-link';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';
import { withDatabase } from './database';
import {
  actor,
  anotherAddress,
  askForCode,
  bindLocalMessages,
  type DoctorAtGate,
  makeDoctor,
  newestChallenge,
  newestCode,
  passPause,
  passTime,
  rowsOf,
  visitor,
} from './gate-fixture';

withDatabase();
beforeAll(bindLocalMessages);

let doctor: DoctorAtGate;
let addressHash: string;
beforeEach(async () => {
  doctor = await makeDoctor();
  addressHash = anotherAddress();
});

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const attempt = (browser: string | null, code: string) =>
  verifyCode({ token: doctor.token, browser, visitor: visitor({ addressHash, method: 'POST' }), code });
const ask = (browser: string | null = null, known: string | null = null) =>
  requestCode({
    token: doctor.token,
    browser,
    known,
    visitor: visitor({ addressHash, method: 'POST' }),
    channel: 'sms',
  });

describe('the way through the gate', () => {
  it('shows who asks and nothing of the doctor, then lets the code in', async () => {
    const view = await openLink({
      token: doctor.token,
      browser: null,
      visitor: visitor({ addressHash }),
      again: false,
    });
    expect(JSON.stringify(view)).not.toMatch(/Bình|clinic\.example|\+8490/);
    expect(view).toMatchObject({
      month: '2026-10',
      challenge: null,
      channels: [{ channel: 'sms' }, { channel: 'email' }],
    });
    const { code, browser } = await askForCode(doctor, addressHash);
    const entering = await openLink({ token: doctor.token, browser, visitor: visitor({ addressHash }), again: false });
    expect(entering.challenge).toMatchObject({ channel: 'sms', triesLeft: 5 });
    const { session } = await attempt(browser, ` ${code.slice(0, 3)} ${code.slice(3)} `);
    expect(await resolveGateSession({ token: session })).toEqual({
      doctorId: doctor.doctorId,
      linkId: doctor.linkId,
      verifiedFrom: addressHash,
    });
    const kinds = await rowsOf<{ kind: string }>('SELECT kind FROM link_event WHERE link_id = $1 ORDER BY at, id', [
      doctor.linkId,
    ]);
    expect(kinds.map((row) => row.kind)).toEqual(['opened', 'otp-requested', 'verified']);
  });

  it('opens the session of one among fifty tries with the right code at once', async () => {
    const { code, browser } = await askForCode(doctor, addressHash);
    const tries = await Promise.allSettled(Array.from({ length: 50 }, () => attempt(browser, code)));
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const sessions = await rowsOf('SELECT 1 FROM gate_session WHERE link_id = $1', [doctor.linkId]);
    expect(sessions).toHaveLength(1);
  });

  it('takes a code once', async () => {
    const { code, browser } = await askForCode(doctor, addressHash);
    await attempt(browser, code);
    await expect(attempt(browser, code)).rejects.toMatchObject({ code: 'wrong_code' });
  });
});

describe('a code that does not belong', () => {
  it('of another browser, of none, expired, replaced or of the wrong form is the same refusal', async () => {
    const first = await askForCode(doctor, addressHash);
    const other = await askForCode(doctor, addressHash);
    const refused = { code: 'wrong_code', kind: 'unauthenticated' };
    await expect(attempt(null, other.code)).rejects.toMatchObject(refused);
    await expect(attempt('A'.repeat(43), other.code)).rejects.toMatchObject(refused);
    await expect(
      attempt(other.browser, first.code === other.code ? wrong(first.code) : first.code),
    ).rejects.toMatchObject(refused);
    await expect(attempt(other.browser, 'abc')).rejects.toMatchObject(refused);
    await rowsOf('UPDATE otp_challenge SET expires_at = now() WHERE link_id = $1', [doctor.linkId]);
    await expect(attempt(other.browser, other.code)).rejects.toMatchObject(refused);
  });

  it('is refused after five wrong tries, even when it is right', async () => {
    const { code, browser } = await askForCode(doctor, addressHash);
    for (let n = 0; n < 5; n += 1)
      await expect(attempt(browser, wrong(code))).rejects.toMatchObject({ code: 'wrong_code' });
    await expect(attempt(browser, code)).rejects.toMatchObject({ code: 'wrong_code' });
    expect(await rowsOf('SELECT 1 FROM gate_session WHERE link_id = $1', [doctor.linkId])).toHaveLength(0);
  });

  it('meets a cap over all codes that a new code does not reset', async () => {
    for (let round = 0; round < 6; round += 1) {
      await passTime(3_600);
      const { code, browser } = await askForCode(doctor, addressHash);
      for (let n = 0; n < 5; n += 1)
        await expect(attempt(browser, wrong(code))).rejects.toMatchObject({ code: 'wrong_code' });
    }
    await passTime(3_600);
    await expect(ask()).rejects.toMatchObject({ kind: 'limited', code: 'too_many_tries' });
  });
});

describe('asking for codes', () => {
  it('waits thirty seconds between sends, also by the other channel', async () => {
    const { browser } = await ask();
    await expect(ask(browser)).rejects.toMatchObject({ kind: 'limited' });
    const by = visitor({ addressHash: anotherAddress(), method: 'POST' });
    const other = requestCode({ token: doctor.token, browser, visitor: by, channel: 'email' });
    await expect(other).rejects.toMatchObject({ kind: 'limited' });
  });

  it('gives a number five codes an hour', async () => {
    let known = '';
    for (let n = 0; n < 3; n += 1) {
      const { code, browser } = await askForCode(doctor, addressHash);
      if (n === 0) known = (await attempt(browser, code)).known;
    }
    addressHash = anotherAddress();
    for (const asking of [null, known]) {
      await passPause();
      await ask(null, asking);
    }
    await passPause();
    await expect(ask(null, known)).rejects.toMatchObject({ kind: 'limited', params: { seconds: expect.any(Number) } });
  });

  it('gives an address twenty codes an hour, whatever the numbers', async () => {
    for (let n = 0; n < 20; n += 1) {
      if (n % 3 === 0) doctor = await makeDoctor();
      await passPause();
      await ask();
    }
    await passPause();
    doctor = await makeDoctor();
    await expect(ask()).rejects.toMatchObject({ kind: 'limited' });
  });

  it('answers alike for a doctor who has no channel', async () => {
    doctor = await makeDoctor({ phone: null, email: null });
    const { browser } = await ask();
    expect(browser).toMatch(/^[\w-]{43}$/);
    const challengeId = await newestChallenge(doctor.linkId);
    await expect(sendOtp({ actor, challengeId })).rejects.toMatchObject({ code: 'no_channel', retryable: false });
  });

  it('sends one code for one challenge, however often its event comes', async () => {
    await ask();
    const challengeId = await newestChallenge(doctor.linkId);
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => sendOtp({ actor, challengeId })));
    expect(asked.filter((one) => one.status === 'fulfilled' && one.value.sent)).toHaveLength(1);
    // Who comes while another sends it comes again later, and is not done.
    const vain = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(vain.filter(({ code, retryable }) => code !== 'being_sent' || !retryable)).toEqual([]);
    expect(await rowsOf('SELECT 1 FROM local_message WHERE "to" = $1', [doctor.phone])).toHaveLength(1);
    expect(await newestCode(doctor.phone ?? '')).toMatch(/^\d{6}$/);
  });
});

describe('a link that has ended', () => {
  const opening = () =>
    openLink({ token: doctor.token, browser: null, visitor: visitor({ addressHash }), again: false });

  it('closes with its sessions when it is revoked', async () => {
    const { code, browser } = await askForCode(doctor, addressHash);
    const { session } = await attempt(browser, code);
    await revokeLink({ actor, linkId: doctor.linkId });
    expect(await resolveGateSession({ token: session })).toBeNull();
    await expect(opening()).rejects.toMatchObject({ kind: 'not-found' });
    await expect(ask()).rejects.toMatchObject({ kind: 'not-found' });
    await expect(attempt(browser, code)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(revokeLink({ actor, linkId: doctor.linkId })).rejects.toMatchObject({ code: 'link_ended' });
  });

  it('closes when it expires, and when its statement is replaced', async () => {
    const { code, browser } = await askForCode(doctor, addressHash);
    const { session } = await attempt(browser, code);
    await rowsOf(`UPDATE statement SET state = 'superseded' WHERE id = $1`, [doctor.statementId]);
    expect(await resolveGateSession({ token: session })).toBeNull();
    await expect(opening()).rejects.toMatchObject({ kind: 'not-found' });
    doctor = await makeDoctor();
    await rowsOf('UPDATE statement_link SET expires_at = now() WHERE id = $1', [doctor.linkId]);
    await expect(opening()).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('cannot be distinguished from one that never was', async () => {
    const unknown = { token: 'A'.repeat(43), browser: null, visitor: visitor({ addressHash }), again: false };
    await expect(openLink(unknown)).rejects.toMatchObject({ kind: 'not-found', code: 'not_found' });
    await expect(openLink({ ...unknown, token: "' OR 1=1 --" })).rejects.toMatchObject({
      kind: 'not-found',
      code: 'not_found',
    });
    expect(await resolveGateSession({ token: 'x' })).toBeNull();
  });
});
