import { createLocalEmail } from '@/server/integrations/email/local';
import { email } from '@/server/integrations/email/port';
import { createLocalSms } from '@/server/integrations/sms/local';
import { sms } from '@/server/integrations/sms/port';
import { issueLink } from '@/server/modules/referral/statement-access/public/issue-link';
import { linkAddress } from '@/server/modules/referral/statement-access/public/link-address';
import { sendOtp } from '@/server/modules/referral/statement-access/public/send-otp';
import type { Visitor } from '@/server/modules/referral/statement-access/schema';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { systemActor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { rowsOf, rowsPastGuards } from './database';

export const actor = systemActor('test');

/** A person's browser at one address; parts make it another's. */
export const visitor = (parts: Partial<Visitor> = {}): Visitor => ({
  correlationId: crypto.randomUUID(),
  addressHash: 'AAAAAAAAAAAAAAAAAAAAAA',
  method: 'GET',
  agent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1',
  purpose: null,
  language: 'vi-VN',
  ...parts,
});

/** Another address for each test, so that their limits do not meet. */
export const anotherAddress = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');

export { rowsOf };

let made = 0;

export type DoctorAtGate = {
  doctorId: string;
  statementId: string;
  linkId: string;
  token: string;
  phone: string | null;
  email: string | null;
};

/** A doctor with a published statement of October 2026 and its link; every one with a number of its own. */
export async function makeDoctor(
  parts: { phone?: string | null; email?: string | null; language?: 'vi' | 'en' } = {},
): Promise<DoctorAtGate> {
  made += 1;
  const phone = parts.phone === undefined ? `+8490${String(1_000_000 + made)}` : parts.phone;
  const address = parts.email === undefined ? `doctor${made}@clinic.example` : parts.email;
  await rowsOf(
    `INSERT INTO organisation (id, name_vi, name_en) VALUES (1, 'Sapoche', 'Sapoche') ON CONFLICT DO NOTHING`,
  );
  const rows = await rowsPastGuards<{ doctorId: string; statementId: string }>(
    `WITH p AS (
       INSERT INTO statement_period (month, starts_at, ends_at) VALUES ('2026-10', '2026-09-30T17:00Z', '2026-10-31T17:00Z')
       ON CONFLICT (month) DO UPDATE SET state = statement_period.state RETURNING id
     ), d AS (
       INSERT INTO doctor (code, name, phone, email, language) VALUES ($1, 'BS. Hồ Kim Bình', $2, $3, $4) RETURNING id
     ), s AS (
       INSERT INTO statement (period_id, doctor_id, state, content_hash, published_at)
       SELECT p.id, d.id, 'published', $1, now() FROM p, d RETURNING id, doctor_id
     ) SELECT s.doctor_id AS "doctorId", s.id AS "statementId" FROM s`,
    [`G${made}`, phone, address, parts.language ?? 'vi'],
  );
  const row = rows[0];
  if (!row) throw new Error('no doctor');
  const { linkId } = await inTransaction((tx) => issueLink(tx, { actor, statementId: row.statementId }));
  const token = (await linkAddress({ linkId })).split('/').at(-1) ?? '';
  return { ...row, linkId, token, phone, email: address };
}

export function bindLocalMessages(): void {
  sms.bind(createLocalSms());
  email.bind(createLocalEmail());
}

/** The six digits of the newest message to an address. */
export async function newestCode(to: string): Promise<string> {
  const rows = await rowsOf<{ text: string }>(
    `SELECT text FROM local_message WHERE "to" = $1 ORDER BY id DESC LIMIT 1`,
    [to],
  );
  const code = /\b\d{6}\b/.exec(rows[0]?.text ?? '')?.[0];
  if (!code) throw new Error('no code was sent');
  return code;
}

/** Lets time go by for the limits of the gate, which count the codes by their age. */
export const passTime = (seconds: number) =>
  rowsOf('UPDATE otp_challenge SET created_at = created_at - make_interval(secs => $1)', [seconds]);

/** Lets the pause between sends pass. */
export const passPause = () => passTime(31);

export async function newestChallenge(linkId: string): Promise<string> {
  const rows = await rowsOf<{ id: string }>(
    'SELECT id FROM otp_challenge WHERE link_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1',
    [linkId],
  );
  return rows[0]?.id ?? '';
}

/** Asks for a code and has it sent; answers the code and the browser that it is bound to. */
export async function askForCode(
  doctor: DoctorAtGate,
  addressHash: string,
  known: string | null = null,
): Promise<{ code: string; browser: string }> {
  await passPause();
  const by = visitor({ addressHash, method: 'POST' });
  const { browser } = await requestCode({ token: doctor.token, browser: null, known, visitor: by, channel: 'sms' });
  await sendOtp({ actor, challengeId: await newestChallenge(doctor.linkId) });
  return { browser, code: await newestCode(doctor.phone ?? doctor.email ?? '') };
}

/** What happened to the link, each as one line: kind, family of the browser, who it was, what it says. */
export const linkEventsOf = async (linkId: string): Promise<string[]> =>
  (
    await rowsOf<{ line: string }>(
      `SELECT concat_ws(' ', kind, coalesce(agent, '-'), CASE WHEN machine THEN 'machine' ELSE 'person' END, coalesce(rtrim(translate(encode(ip_hash, 'base64'), '+/', '-_'), '='), '-'), detail) AS line
       FROM link_event WHERE link_id = $1 ORDER BY at, id`,
      [linkId],
    )
  ).map(({ line }) => line);
/** What the audit trail says of one thing. */
export const trailOfThing = async (entity: string, id: string): Promise<string[]> =>
  (
    await rowsOf<{ line: string }>(
      `SELECT concat_ws(' ', actor_kind, actor_id, action, detail) AS line FROM audit_entry WHERE entity = $1 AND entity_id = $2 ORDER BY id`,
      [entity, id],
    )
  ).map(({ line }) => line);
export const published = (name: string, key: string, value: string) =>
  rowsOf<{ data: Record<string, string> }>(
    `SELECT data FROM outbox_event WHERE name = $1 AND data ->> $2 = $3 ORDER BY id`,
    [name, key, value],
  ).then((rows) => rows.map(({ data }) => data));
