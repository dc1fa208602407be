import type { Language, Recipients } from '@/server/modules/core/notifications/schema';
import { db, sql, type Transaction } from '@/server/platform/db';
import { type Channel, CODE_TRIES, type LinkHistory, type Lockout } from './schema';

/** `verifiedFrom`: hash of the address that passed the gate, base64url. */
export type GateSession = { doctorId: string; linkId: string; verifiedFrom: string | null };

/** What an unended session of a link that is in force leads to, or null. */
export async function sessionByHash(tokenHash: Uint8Array): Promise<GateSession | null> {
  const rows = await db().$queryRaw<(Omit<GateSession, 'verifiedFrom'> & { address: Uint8Array | null })[]>(sql`
    SELECT s.doctor_id AS "doctorId", l.id AS "linkId", g.address_hash AS address
    FROM gate_session g
      JOIN statement_link l ON l.id = g.link_id
      JOIN statement s ON s.id = l.statement_id
      JOIN doctor d ON d.id = s.doctor_id
    WHERE g.token_hash = ${tokenHash} AND g.ended_at IS NULL AND g.expires_at > now() AND d.active
      AND l.revoked_at IS NULL AND l.expires_at > now() AND s.state IN ('published', 'paid')`);
  const [row] = rows;
  if (!row) return null;
  const { address, ...session } = row;
  return { ...session, verifiedFrom: address && Buffer.from(address).toString('base64url') };
}

export type OpenLink = {
  linkId: string;
  doctorId: string;
  phone: string | null;
  email: string | null;
  language: 'vi' | 'en';
  month: string;
};

/** The link behind a token's hash, or null where it is unknown, revoked, expired, or its statement or its doctor not in force. */
export async function openLinkByHash(tokenHash: Uint8Array): Promise<OpenLink | null> {
  const rows = await db().$queryRaw<OpenLink[]>(sql`
    SELECT l.id AS "linkId", d.id AS "doctorId", d.phone, d.email, d.language, p.month
    FROM statement_link l
      JOIN statement s ON s.id = l.statement_id
      JOIN statement_period p ON p.id = s.period_id
      JOIN doctor d ON d.id = s.doctor_id
    WHERE l.token_hash = ${tokenHash} AND l.revoked_at IS NULL AND l.expires_at > now() AND d.active
      AND s.state IN ('published', 'paid')`);
  return rows[0] ?? null;
}

/** The browser that a cookie is known by at a doctor's gate, or null. */
export async function knownBrowser(doctorId: string, tokenHash: Uint8Array): Promise<string | null> {
  const rows = await db().$queryRaw<{ id: string }[]>(sql`
    SELECT id FROM gate_browser
    WHERE token_hash = ${tokenHash} AND doctor_id = ${doctorId}::uuid AND expires_at > now()`);
  return rows[0]?.id ?? null;
}

/** The doctors whose links let in only browsers that passed before, all or one; the newest first, at most a hundred. */
export async function listLockouts(doctorId: string | null): Promise<Lockout[]> {
  return db().$queryRaw<Lockout[]>(sql`
    SELECT d.id AS "doctorId", d.code AS "doctorCode", d.name AS "doctorName", k.reason, k.locked_at AS "lockedAt"
    FROM gate_lockout k JOIN doctor d ON d.id = k.doctor_id
    WHERE k.locked_at > now() - interval '1 day' AND (${doctorId}::uuid IS NULL OR k.doctor_id = ${doctorId}::uuid)
    ORDER BY k.locked_at DESC LIMIT 100`);
}

export type AskedCode = {
  id: string;
  channel: Channel;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  attempts: number;
};

/** The code that a browser asked for last at a link, or null. */
export async function lastChallenge(linkId: string, browserHash: Uint8Array): Promise<AskedCode | null> {
  const rows = await db().$queryRaw<AskedCode[]>(sql`
    SELECT id, channel, created_at AS "createdAt", expires_at AS "expiresAt", used_at AS "usedAt", attempts
    FROM otp_challenge WHERE link_id = ${linkId}::uuid AND browser_hash = ${browserHash}
    ORDER BY created_at DESC, id DESC LIMIT 1`);
  return rows[0] ?? null;
}

/** The code that a browser asked for last at a link, while it can be tried. */
export async function livingChallenge(
  linkId: string,
  browserHash: Uint8Array,
): Promise<{ id: string; knownBrowserId: string | null; recipientKey: Uint8Array | null } | null> {
  const rows = await db().$queryRaw<
    { id: string; knownBrowserId: string | null; recipientKey: Uint8Array | null; living: boolean }[]
  >(sql`
    SELECT id, known_browser_id AS "knownBrowserId", recipient_key AS "recipientKey",
      used_at IS NULL AND expires_at > now() AND attempts < ${CODE_TRIES}::int AS living
    FROM otp_challenge WHERE link_id = ${linkId}::uuid AND browser_hash = ${browserHash}
    ORDER BY created_at DESC, id DESC LIMIT 1`);
  return rows[0]?.living ? rows[0] : null;
}

/** Whether the same browser at the same address has shown within the last ten minutes that it runs pages. */
export async function recentlyConfirmed(linkId: string, address: string, agent: string | null): Promise<boolean> {
  const ipHash = new Uint8Array(Buffer.from(address, 'base64url'));
  const rows = await db().$queryRaw<unknown[]>(sql`
    SELECT id FROM link_event
    WHERE link_id = ${linkId}::uuid AND kind = 'confirmed' AND at > now() - interval '10 minutes'
      AND ip_hash = ${ipHash} AND agent IS NOT DISTINCT FROM ${agent} LIMIT 1`);
  return rows.length > 0;
}

/** The links of a statement with what happened to them, newest first; at most 200 events each. */
export async function linkHistory(statementId: string): Promise<LinkHistory[]> {
  return db().$queryRaw<LinkHistory[]>(sql`
    SELECT l.id AS "linkId", l.created_at AS "createdAt", l.expires_at AS "expiresAt", l.revoked_at AS "revokedAt",
      a.forwarded_at AS "forwardedAt", coalesce(a.machine_visits, 0) AS "machineVisits",
      coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'at', e.at, 'agent', e.agent, 'machine', e.machine) ORDER BY e.at, e.id)
        FROM (SELECT * FROM link_event WHERE link_id = l.id ORDER BY at DESC, id DESC LIMIT 200) e
      ), '[]') AS events
    FROM statement_link l LEFT JOIN link_activity a ON a.link_id = l.id
    WHERE l.statement_id = ${statementId}::uuid ORDER BY l.created_at DESC`);
}

export type StatementNotification = Recipients & { linkId: string; doctor: string; language: Language; month: string };

/** The recipient of a statement's notification; null where the link is unknown or has ended. */
export async function statementNotification(linkId: string): Promise<StatementNotification | null> {
  const rows = await db().$queryRaw<StatementNotification[]>(sql`
    SELECT l.id AS "linkId", d.name AS doctor, d.phone, d.email, d.language, p.month
    FROM statement_link l
      JOIN statement s ON s.id = l.statement_id
      JOIN statement_period p ON p.id = s.period_id
      JOIN doctor d ON d.id = s.doctor_id
    WHERE l.id = ${linkId}::uuid AND l.revoked_at IS NULL AND l.expires_at > now()`);
  return rows[0] ?? null;
}

/** The statement that a link leads to, while the link and the statement are in force. */
export async function statementOfLink(linkId: string): Promise<string | null> {
  const rows = await db().$queryRaw<{ id: string }[]>(sql`
    SELECT s.id FROM statement_link l JOIN statement s ON s.id = l.statement_id
    WHERE l.id = ${linkId}::uuid AND l.revoked_at IS NULL AND l.expires_at > now() AND s.state IN ('published', 'paid')`);
  return rows[0]?.id ?? null;
}

/** The statement that a link was made for, whatever became of it. */
export async function findStatementOfLink(tx: Transaction, linkId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    SELECT statement_id AS id FROM statement_link WHERE id = ${linkId}::uuid`);
  return rows[0]?.id ?? null;
}
