import { describe, expect, it } from 'vitest';
import { storeDocument } from '@/server/modules/core/documents/public/store-document';
import { recordView } from '@/server/modules/referral/statement-access/public/record-view';
import { sendOtp } from '@/server/modules/referral/statement-access/public/send-otp';
import type { Visitor } from '@/server/modules/referral/statement-access/schema';
import { confirmVisit } from '@/server/modules/referral/statement-access/use-cases/confirm-visit';
import { downloadStatement } from '@/server/modules/referral/statement-access/use-cases/download-statement';
import { endGateSession } from '@/server/modules/referral/statement-access/use-cases/end-gate-session';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { revokeLink } from '@/server/modules/referral/statement-access/use-cases/revoke-link';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';
import { rowsPastGuards } from './database';
import {
  actor,
  anotherAddress,
  askForCode,
  linkEventsOf,
  makeDoctor,
  newestChallenge,
  newestCode,
  passTime,
  published,
  rowsOf,
  trailOfThing as trail,
  visitor,
} from './gate-fixture';
import { behind, by, doctor, home, open, withDoctorAtHome } from './gate-home';
import { oneOf } from './till-fixture';

withDoctorAtHome();

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const events = () => linkEventsOf(doctor.linkId);
const gone = { kind: 'not-found', code: 'not_found' };

it('every step through the gate is written down, of the link, in the audit trail, and for the background', async () => {
  await open();
  await confirmVisit({ token: doctor.token, visitor: by });
  const { browser } = await requestCode({ token: doctor.token, browser: null, visitor: by, channel: 'email' });
  const challengeId = await newestChallenge(doctor.linkId);
  await sendOtp({ actor, challengeId });
  const code = await newestCode(doctor.email ?? '');
  const attempt = (given: string) => verifyCode({ token: doctor.token, browser, visitor: by, code: given });
  await expect(attempt(wrong(code))).rejects.toMatchObject({ code: 'wrong_code' });
  const { session } = await attempt(code);
  await recordView({ actor: behind({ verifiedFrom: home }), visitor: by });
  const { documentId } = await storeDocument({
    actor,
    kind: 'statement',
    ownerId: doctor.statementId,
    language: 'en',
    bytes: Buffer.from('pdf'),
  });
  await downloadStatement({ actor: behind(), document: { id: documentId }, visitor: by });
  await endGateSession({ token: session, correlationId: 'leaving' });
  await revokeLink({ actor, linkId: doctor.linkId, reason: 'lost phone' });
  const person = `Safari, iPhone person ${home}`;
  expect(await events()).toEqual([
    `opened ${person} {}`,
    `confirmed ${person} {}`,
    `otp-requested ${person} {"known": false, "channel": "email", "challengeId": "${challengeId}"}`,
    `failed ${person} {"challengeId": "${challengeId}"}`,
    `verified ${person} {"challengeId": "${challengeId}"}`,
    `viewed ${person} {}`,
    `downloaded ${person} {"language": "en", "documentId": "${documentId}"}`,
    'revoked - person - {}',
  ]);
  expect(await trail('statement-link', doctor.linkId)).toEqual([
    `system test statement-link.issued {"statementId": "${doctor.statementId}"}`,
    `system gate otp.failed {"challengeId": "${challengeId}"}`,
    `system gate otp.verified {"challengeId": "${challengeId}"}`,
    'system test statement-link.revoked {"reason": "lost phone"}',
  ]);
  expect(await trail('otp-challenge', challengeId)).toEqual([
    `system gate otp.requested {"known": false, "linkId": "${doctor.linkId}", "channel": "email"}`,
    `system test otp.sent {"linkId": "${doctor.linkId}", "channel": "email"}`,
  ]);
  const { id } = await oneOf<{ id: string }>('SELECT id FROM gate_session WHERE link_id = $1', [doctor.linkId]);
  expect(await trail('gate-session', id)).toEqual([`system gate gate-session.ended {"linkId": "${doctor.linkId}"}`]);
  const correlated = await rowsOf(
    `SELECT DISTINCT correlation_id AS id FROM audit_entry WHERE actor_id = 'gate' AND entity_id IN ($1, $2)`,
    [challengeId, doctor.linkId],
  );
  expect(correlated).toEqual([{ id: by.correlationId }]);
  expect(await published('otp/requested', 'challengeId', challengeId)).toEqual([{ challengeId }]);
  const recorded = await rowsOf<{ id: string }>('SELECT id FROM link_event WHERE link_id = $1 ORDER BY id', [
    doctor.linkId,
  ]);
  expect(await published('statement-link/event.recorded', 'linkId', doctor.linkId)).toEqual(
    recorded.map((event) => ({ eventId: event.id, linkId: doctor.linkId })),
  );
});

describe('the page before the gate', () => {
  it('shows who asks, and the code of this browser while it can be entered', async () => {
    const view = {
      linkId: doctor.linkId,
      letterhead: { nameVi: 'Phòng khám', nameEn: 'Clinic', address: '1 Lê Lợi', phone: '1900' },
      month: '2026-10',
      language: 'vi',
      channels: [
        { channel: 'sms', masked: `••• ••• ${doctor.phone?.slice(-3)}` },
        { channel: 'email', masked: 'd•••@c•••.example' },
      ],
      challenge: null,
    };
    expect(await open()).toEqual(view);
    const { browser, code } = await askForCode(doctor, home);
    const challengeId = await newestChallenge(doctor.linkId);
    const shown = async (parts: string, from: string | null = browser) => {
      await rowsOf(`UPDATE otp_challenge SET ${parts} WHERE id = $1`, [challengeId]);
      return (await open(by, from)).challenge;
    };
    const made = new Date(Date.now() - 60_000);
    expect(await shown(`attempts = 2, created_at = '${made.toISOString()}', expires_at = '2026-10-01T00:00Z'`)).toEqual(
      {
        channel: 'sms',
        expiresAt: new Date('2026-10-01T00:00Z'),
        resendAt: new Date(made.getTime() + 30_000),
        triesLeft: 3,
      },
    );
    for (const other of ['A'.repeat(43), 'x', '']) expect(await shown('attempts = 5', other)).toBeNull();
    expect((await shown('attempts = 5'))?.triesLeft).toBe(0);
    expect(await shown(`created_at = now() - interval '14 minutes 50 seconds'`)).not.toBeNull();
    expect(await shown(`created_at = now() - interval '15 minutes 1 second'`)).toBeNull();
    expect(await shown(`attempts = 0, created_at = now(), expires_at = now() + interval '1 minute'`)).not.toBeNull();
    await verifyCode({ token: doctor.token, browser, visitor: by, code });
    expect(await shown('attempts = 1')).toBeNull();
  });

  it('is opened once a quarter of an hour by one kind of browser at one address, and not by who comes back to it', async () => {
    await open(by, null, true);
    expect(await events()).toEqual([]);
    const away = anotherAddress();
    const visits = [
      by,
      { ...by, agent: FIREFOX },
      { ...by, addressHash: away },
      { ...by, language: null },
      { ...by, agent: null },
    ];
    for (const who of [...visits, ...visits]) await open(who);
    expect(await events()).toEqual([
      `opened Safari, iPhone person ${home} {}`,
      `opened Firefox, Windows person ${home} {}`,
      `opened Safari, iPhone person ${away} {}`,
      `opened Safari, iPhone machine ${home} {}`,
      `opened - machine ${home} {}`,
    ]);
    const { browser } = await askForCode(doctor, home);
    const before = (await events()).length;
    await open(visitor({ addressHash: anotherAddress() }), browser);
    expect(await events()).toHaveLength(before);
  });

  it('is confirmed once in ten minutes by one kind of browser at one address', async () => {
    const confirm = (who: Visitor) => confirmVisit({ token: doctor.token, visitor: who });
    for (const _ of [1, 2]) for (const who of [by, { ...by, agent: FIREFOX }]) await confirm(who);
    expect((await events()).map((line) => line.split(' person')[0])).toEqual([
      'confirmed Safari, iPhone',
      'confirmed Firefox, Windows',
    ]);
    await expect(confirmVisit({ token: 'A'.repeat(43), visitor: by })).rejects.toMatchObject(gone);
  });

  it('lets an address come to one link a hundred and twenty times a minute, and others meanwhile', async () => {
    const another = await makeDoctor();
    await rowsPastGuards(
      `INSERT INTO rate_limit (key, points, expire) VALUES ($1, 120, extract(epoch FROM now() + interval '1 minute') * 1000)`,
      [`gate-visit:${doctor.linkId}:${home}`],
    );
    await expect(open()).rejects.toMatchObject({ kind: 'limited', code: 'too_many_tries' });
    await open(visitor({ addressHash: anotherAddress() }));
    await open(by, null, false, another);
  });
});

describe('a code', () => {
  const ask = async (
    parts: { known?: string | null; browser?: string | null; channel?: 'sms' | 'email' } = {},
    of = doctor,
  ) => {
    await passTime(3_601);
    const asked = await requestCode({ token: of.token, browser: null, visitor: by, channel: 'sms', ...parts });
    const challengeId = await newestChallenge(of.linkId);
    const row = await oneOf<Record<'channel' | 'number' | 'browser' | 'known' | 'doctorId', string | null>>(
      `SELECT channel, encode(recipient_key, 'hex') AS number, encode(browser_hash, 'hex') AS browser, known_browser_id AS known, doctor_id AS "doctorId" FROM otp_challenge WHERE id = $1`,
      [challengeId],
    );
    return { ...row, secret: asked.browser, challengeId };
  };

  it('counts for the number or address it goes to, or for the one there is, or for the doctor who has none', async () => {
    const [sms, mail] = [await ask(), await ask({ channel: 'email' })];
    expect([sms.channel, mail.channel, sms.doctorId]).toEqual(['sms', 'email', doctor.doctorId]);
    const of = async (parts: Parameters<typeof makeDoctor>[0], channel: 'sms' | 'email') => {
      const one = await makeDoctor(parts);
      return (await ask({ channel }, one)).number;
    };
    const { phone, email } = doctor;
    expect([await of({ phone, email: null }, 'email'), await of({ phone: null, email }, 'sms')]).toEqual([
      sms.number,
      mail.number,
    ]);
    expect(sms.number).not.toBe(mail.number);
    const none = { phone: null, email: null };
    const [first, second] = [await of(none, 'sms'), await of(none, 'sms')];
    expect(first).not.toBe(second);
  });

  it('is bound to the browser that asks, by its own cookie where it has a good one', async () => {
    const kept = 'B'.repeat(43);
    expect((await ask({ browser: kept })).secret).toBe(kept);
    for (const bad of ['short', `${kept}x`]) expect((await ask({ browser: bad })).secret).toMatch(/^[\w-]{43}$/);
    const [one, two] = [await ask(), await ask()];
    expect([one.secret === two.secret, one.browser === two.browser]).toEqual([false, false]);
  });

  it('says whether a browser that passed before asks, which only a good cookie of this doctor does', async () => {
    const { code, browser } = await askForCode(doctor, home);
    const { known } = await verifyCode({ token: doctor.token, browser, visitor: by, code });
    expect((await ask({ known: 'C'.repeat(43) })).known).toBeNull();
    expect((await ask({ known: 'short' })).known).toBeNull();
    const asked = await ask({ known });
    expect(asked.known).toEqual(expect.any(String));
    expect((await events()).at(-1)).toContain('"known": true');
    expect(await trail('otp-challenge', asked.challengeId)).toEqual([expect.stringContaining('"known": true')]);
    expect((await ask({ known }, await makeDoctor())).known).toBeNull();
  });
});
