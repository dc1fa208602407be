import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadDoctors } from '@/server/modules/referral/doctors/use-cases/load-doctors';
import { sendOtp } from '@/server/modules/referral/statement-access/public/send-otp';
import { openLink } from '@/server/modules/referral/statement-access/use-cases/open-link';
import { pruneGate } from '@/server/modules/referral/statement-access/use-cases/prune-gate';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { resolveGateSession } from '@/server/modules/referral/statement-access/use-cases/resolve-gate-session';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';
import { consumeAttempt, pruneAttempts } from '@/server/platform/rate-limit';
import { ownerPool, withDatabase } from '../integration/database';
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
  visitor,
} from '../integration/gate-fixture';

withDatabase();
beforeAll(bindLocalMessages);

let doctor: DoctorAtGate;
let by: ReturnType<typeof visitor>;
beforeEach(async () => {
  doctor = await makeDoctor();
  by = visitor({ addressHash: anotherAddress(), method: 'POST' });
});

const attempt = (browser: string, code: string) => verifyCode({ token: doctor.token, browser, visitor: by, code });

async function pass(): Promise<string> {
  const { code, browser } = await askForCode(doctor, by.addressHash);
  return (await attempt(browser, code)).session;
}

async function waitFor(question: string): Promise<void> {
  await expect.poll(async () => (await rowsOf(question)).length, { timeout: 10_000 }).toBeGreaterThan(0);
}

/** What is asked for waits for its turn at the limits of the doctor, as behind many others, while something else happens. */
async function whileTriesWait<Answer>(ask: () => Promise<Answer>, meanwhile: () => Promise<unknown>) {
  const client = await ownerPool().connect();
  await client.query(`SELECT pg_advisory_lock(hashtextextended('gate:' || $1, 0))`, [doctor.doctorId]);
  const asked = ask().then(
    (answer) => () => Promise.resolve(answer),
    (error: unknown) => () => Promise.reject(error),
  );
  await waitFor(
    `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%pg_advisory_xact_lock(k)%'`,
  );
  await meanwhile();
  client.release(true);
  return asked;
}

const count = async (from: string, values: unknown[] = []) => (await rowsOf(`SELECT 1 FROM ${from}`, values)).length;

describe('an inactive doctor', () => {
  it('gets no code, and the open session ends', async () => {
    const session = await pass();
    await passPause();
    await requestCode({ token: doctor.token, browser: null, visitor: by, channel: 'sms' });
    const challengeId = await newestChallenge(doctor.linkId);
    await rowsOf('UPDATE doctor SET active = false WHERE id = $1', [doctor.doctorId]);
    expect(await resolveGateSession({ token: session })).toBeNull();
    expect(await sendOtp({ actor, challengeId })).toEqual({ sent: false });
    await passPause();
    const asking = requestCode({ token: doctor.token, browser: null, visitor: by, channel: 'sms' });
    await expect(asking).rejects.toMatchObject({ kind: 'not-found' });
    const opening = openLink({ token: doctor.token, browser: null, visitor: by, again: false });
    await expect(opening).rejects.toMatchObject({ kind: 'not-found' });
    await rowsOf('UPDATE doctor SET active = true WHERE id = $1', [doctor.doctorId]);
    expect(await resolveGateSession({ token: session })).toBeNull();
  });
});

describe('a doctor who is reached by another number or address', () => {
  const row = async (parts: { phone?: string | null; email?: string | null; name?: string }) => {
    const [now] = await rowsOf<{ code: string; name: string; phone: string | null; email: string | null }>(
      'SELECT code, name, phone, email FROM doctor WHERE id = $1',
      [doctor.doctorId],
    );
    if (!now) throw new Error('no doctor');
    return { row: 1, value: { ...now, language: 'vi' as const, plan: null, tax_rate: '0', ...parts } };
  };

  it.each([{ phone: '+84909999999' }, { phone: null }, { email: 'new@clinic.example' }])(
    'keeps neither session nor living code: %o',
    async (moved) => {
      const session = await pass();
      const { code, browser } = await askForCode(doctor, by.addressHash);
      await loadDoctors({ actor, rows: [await row(moved)] });
      expect(await resolveGateSession({ token: session })).toBeNull();
      await expect(attempt(browser, code)).rejects.toMatchObject({ code: 'wrong_code' });
      expect(await count('gate_browser WHERE doctor_id = $1', [doctor.doctorId])).toBe(0);
      expect(await count(`audit_entry WHERE action = 'doctor.moved' AND entity_id = $1`, [doctor.doctorId])).toBe(1);
    },
  );

  it('keeps no session that was being opened at that very moment', async () => {
    const { code, browser } = await askForCode(doctor, by.addressHash);
    const client = await ownerPool().connect();
    // Who passes is known for the next time: here they wait, with the right code tried and the session written.
    await client.query('BEGIN; LOCK TABLE gate_browser IN SHARE MODE');
    const passing = attempt(browser, code);
    await waitFor(
      `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO gate_browser%'`,
    );
    const moving = rowsOf(`UPDATE doctor SET phone = '+84908888888' WHERE id = $1`, [doctor.doctorId]);
    await waitFor(
      `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE doctor SET phone%'`,
    );
    await client.query('COMMIT');
    client.release();
    await moving;
    expect(await resolveGateSession({ token: (await passing).session })).toBeNull();
  });

  it('keeps no session of a code whose try began before the change and came to its turn after it', async () => {
    const { code, browser } = await askForCode(doctor, by.addressHash);
    const late = await whileTriesWait(
      () => attempt(browser, code),
      () => rowsOf(`UPDATE doctor SET phone = '+84907777777' WHERE id = $1`, [doctor.doctorId]),
    );
    await expect(late()).rejects.toMatchObject({ code: 'wrong_code' });
    expect(await count('gate_session WHERE link_id = $1', [doctor.linkId])).toBe(0);
    expect(await count('gate_browser WHERE doctor_id = $1', [doctor.doctorId])).toBe(0);
  });

  it('keeps both when only the name changes', async () => {
    const session = await pass();
    const { code, browser } = await askForCode(doctor, by.addressHash);
    await loadDoctors({ actor, rows: [await row({ name: 'BS. Hồ Kim Bình Minh' })] });
    expect(await resolveGateSession({ token: session })).not.toBeNull();
    await expect(attempt(browser, code)).resolves.toHaveProperty('session');
  });

  it('learns nothing from whether a number is there: a code that was never sent is tried like any other', async () => {
    doctor = await makeDoctor({ phone: null, email: null });
    const { browser } = await requestCode({ token: doctor.token, browser: null, visitor: by, channel: 'sms' });
    await expect(attempt(browser, '123456')).rejects.toMatchObject({ code: 'wrong_code' });
    const view = await openLink({ token: doctor.token, browser, visitor: by, again: false });
    expect(view.challenge?.triesLeft).toBe(4);
  });
});

describe('a link that is ended', () => {
  const end = () => rowsOf('UPDATE statement_link SET revoked_at = now() WHERE id = $1', [doctor.linkId]);

  it('lets nobody in whose code came to its turn after that, and makes no browser known', async () => {
    const { code, browser } = await askForCode(doctor, by.addressHash);
    const late = await whileTriesWait(() => attempt(browser, code), end);
    await expect(late()).rejects.toMatchObject({ code: 'not_found' });
    expect(await count('gate_session WHERE link_id = $1', [doctor.linkId])).toBe(0);
    expect(await count('gate_browser WHERE doctor_id = $1', [doctor.doctorId])).toBe(0);
    expect(await count(`link_event WHERE kind = 'verified' AND link_id = $1`, [doctor.linkId])).toBe(0);
  });

  it('asks for no code that came to its turn after that', async () => {
    const asking = () => requestCode({ token: doctor.token, browser: null, visitor: by, channel: 'sms' });
    const late = await whileTriesWait(asking, end);
    await expect(late()).rejects.toMatchObject({ code: 'not_found' });
    expect(await count('otp_challenge WHERE link_id = $1', [doctor.linkId])).toBe(0);
  });
});

describe('the sweep', () => {
  it('removes expired codes, ended sessions, forgotten browsers and counters of limits, and nothing that counts', async () => {
    const living = await pass();
    const old = await makeDoctor();
    const { code, browser } = await askForCode(old, by.addressHash);
    await verifyCode({ token: old.token, browser, visitor: by, code });
    await rowsOf(
      `UPDATE otp_challenge SET created_at = created_at - interval '3 days', expires_at = expires_at - interval '3 days' WHERE link_id = $1`,
      [old.linkId],
    );
    await rowsOf(`UPDATE gate_session SET expires_at = now() - interval '2 days' WHERE link_id = $1`, [old.linkId]);
    await rowsOf('UPDATE gate_browser SET expires_at = now() WHERE doctor_id = $1', [old.doctorId]);
    await pruneGate();
    expect(await count('otp_challenge WHERE link_id = $1', [old.linkId])).toBe(0);
    expect(await count('gate_session WHERE link_id = $1', [old.linkId])).toBe(0);
    expect(await count('gate_browser WHERE doctor_id = $1', [old.doctorId])).toBe(0);
    expect(await count('link_event WHERE link_id = $1', [old.linkId])).toBeGreaterThan(0);
    expect(await resolveGateSession({ token: living })).not.toBeNull();
    expect(await count('otp_challenge WHERE link_id = $1', [doctor.linkId])).toBe(1);
  });

  it('leaves limits that still count', async () => {
    const key = crypto.randomUUID();
    await consumeAttempt('gate-guess', key);
    await rowsOf(`INSERT INTO rate_limit (key, points, expire) VALUES ('gate-guess:over', 5, 1000)`);
    expect(await pruneAttempts(1_000)).toBeGreaterThanOrEqual(1);
    expect(await count('rate_limit WHERE key = $1', ['gate-guess:over'])).toBe(0);
    expect(await count('rate_limit WHERE key = $1', [`gate-guess:${key}`])).toBe(1);
  });
});
