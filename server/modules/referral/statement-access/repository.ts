import { db, oneRow, type Sql, sql, type Transaction } from '@/server/platform/db';
import type { Activity, ActivityEvent, Standing } from './rules';
import type { Channel, LinkEventKind, LockoutReason } from './schema';

const bytes = (base64url: string) => new Uint8Array(Buffer.from(base64url, 'base64url'));

/** Serialises the issuing of a statement's link; false where there is no such statement. */
export async function lockStatement(tx: Transaction, statementId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(sql`SELECT id FROM statement WHERE id = ${statementId}::uuid FOR UPDATE`);
  return rows.length > 0;
}

export async function findLiveLink(tx: Transaction, statementId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    SELECT id FROM statement_link
    WHERE statement_id = ${statementId}::uuid AND revoked_at IS NULL AND expires_at > now()`);
  return rows[0]?.id ?? null;
}

/** Whether a statement has reached its doctor: only then it has links. */
export async function isPublished(tx: Transaction, statementId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(sql`
    SELECT id FROM statement WHERE id = ${statementId}::uuid AND state IN ('published', 'paid')`);
  return rows.length > 0;
}

/** Ends what has expired, then adds the one live link of a statement. */
export async function addLink(
  tx: Transaction,
  link: { id?: string | null; statementId: string; nonce: Uint8Array; tokenHash: Uint8Array; days: number },
): Promise<string> {
  await tx.$executeRaw(sql`
    UPDATE statement_link SET revoked_at = now() WHERE statement_id = ${link.statementId}::uuid AND revoked_at IS NULL`);
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO statement_link (id, statement_id, nonce, token_hash, expires_at)
    VALUES (coalesce(${link.id ?? null}::uuid, uuidv7()), ${link.statementId}::uuid, ${link.nonce}, ${link.tokenHash}, now() + make_interval(days => ${link.days}::int))
    RETURNING id`);
  return oneRow(rows).id;
}

export async function findNonce(linkId: string): Promise<Uint8Array | null> {
  const rows = await db().$queryRaw<{ nonce: Uint8Array }[]>(sql`
    SELECT nonce FROM statement_link WHERE id = ${linkId}::uuid`);
  return rows[0]?.nonce ?? null;
}

/** Ends a link and every session that came through it; false where it had ended before. */
export async function endLink(tx: Transaction, linkId: string): Promise<boolean> {
  const ended = await tx.$executeRaw(sql`
    UPDATE statement_link SET revoked_at = now() WHERE id = ${linkId}::uuid AND revoked_at IS NULL`);
  if (ended === 0) return false;
  await tx.$executeRaw(
    sql`UPDATE gate_session SET ended_at = now() WHERE link_id = ${linkId}::uuid AND ended_at IS NULL`,
  );
  return true;
}

export async function addLinkEvent(
  tx: Transaction,
  event: {
    linkId: string;
    kind: LinkEventKind;
    address: string | null;
    agent: string | null;
    machine: boolean;
    detail: object;
  },
): Promise<string> {
  const address = event.address === null ? null : bytes(event.address);
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO link_event (link_id, kind, ip_hash, agent, machine, detail)
    VALUES (${event.linkId}::uuid, ${event.kind}, ${address}, ${event.agent}, ${event.machine}, ${JSON.stringify(event.detail)}::jsonb)
    RETURNING id`);
  return oneRow(rows).id;
}

/** Who asks for a code or tries one, as the limits see it. */
export type Caller = {
  doctorId: string;
  recipientKey: Uint8Array;
  /** base64url */
  addressHash: string;
  browserHash: Uint8Array;
  /** The browser that had passed this doctor's gate before, or null. */
  knownBrowserId: string | null;
};

/** Serialises what counts against one doctor, one number and one address, until the transaction ends. */
export async function lockLimits(tx: Transaction, caller: Caller): Promise<void> {
  const keys = [caller.doctorId, Buffer.from(caller.recipientKey).toString('base64url'), caller.addressHash];
  // Always in the same order, so that two callers never wait for each other.
  await tx.$executeRaw(sql`
    SELECT pg_advisory_xact_lock(k) FROM (
      SELECT hashtextextended('gate:' || name, 0) AS k FROM unnest(${keys}::text[]) AS given (name) ORDER BY k) AS keys`);
}

/**
 * Locks a link that is in force, with its doctor: what ends the one or changes the other waits, and then ends the access given before.
 * False where that has happened by now.
 */
export async function lockOpenLink(tx: Transaction, linkId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(sql`
    SELECT l.id FROM statement_link l JOIN statement s ON s.id = l.statement_id JOIN doctor d ON d.id = s.doctor_id
    WHERE l.id = ${linkId}::uuid AND l.revoked_at IS NULL AND l.expires_at > now() AND d.active
      AND s.state IN ('published', 'paid')
    FOR SHARE OF l, d`);
  return rows.length > 0;
}

/** What the limits go by for this caller: the codes of a day that have something in common with it. */
export async function standingOf(tx: Transaction, caller: Caller): Promise<Standing> {
  const address = bytes(caller.addressHash);
  const asked = await tx.$queryRaw<Standing['asked'][number][]>(sql`
    SELECT created_at AS at, doctor_id IS NOT DISTINCT FROM ${caller.doctorId}::uuid AS "sameDoctor",
      recipient_key IS NOT DISTINCT FROM ${caller.recipientKey} AS "sameRecipient", address_hash = ${address} AS "sameAddress",
      browser_hash = ${caller.browserHash} AS "sameBrowser", known_browser_id AS "knownBrowserId",
      attempts - (used_at IS NOT NULL)::int AS failed
    FROM otp_challenge
    WHERE created_at > now() - interval '1 day'
      AND (doctor_id = ${caller.doctorId}::uuid OR recipient_key = ${caller.recipientKey} OR address_hash = ${address})`);
  const rows = await tx.$queryRaw<{ now: Date; unlockedAt: Date | null }[]>(sql`
    SELECT clock_timestamp() AS now, (SELECT unlocked_at FROM gate_lockout WHERE doctor_id = ${caller.doctorId}::uuid) AS "unlockedAt"`);
  return { asked, knownBrowserId: caller.knownBrowserId, ...oneRow(rows) };
}

/** Keeps that unknown browsers are locked out of a doctor's links; true where that is news. */
export async function addLockout(tx: Transaction, doctorId: string, reason: LockoutReason): Promise<boolean> {
  const raised = await tx.$executeRaw(sql`
    INSERT INTO gate_lockout AS k (doctor_id, reason, locked_at) VALUES (${doctorId}::uuid, ${reason}, now())
    ON CONFLICT (doctor_id) DO UPDATE SET reason = excluded.reason, locked_at = excluded.locked_at
    WHERE k.locked_at IS NULL OR k.locked_at < now() - interval '1 day'`);
  return raised === 1;
}

/** Admits unknown browsers again, the limits counted from now; false where there was no lockout. */
export async function endLockout(tx: Transaction, doctorId: string, userId: string | null): Promise<boolean> {
  const ended = await tx.$executeRaw(sql`
    UPDATE gate_lockout SET reason = NULL, locked_at = NULL, unlocked_at = clock_timestamp(), unlocked_by = ${userId}::uuid
    WHERE doctor_id = ${doctorId}::uuid AND locked_at IS NOT NULL`);
  return ended === 1;
}

/** Recognises a browser that passed a doctor's gate. */
export async function addKnownBrowser(
  tx: Transaction,
  browser: { doctorId: string; tokenHash: Uint8Array; days: number },
): Promise<void> {
  await tx.$executeRaw(sql`
    INSERT INTO gate_browser (doctor_id, token_hash, expires_at)
    VALUES (${browser.doctorId}::uuid, ${browser.tokenHash}, now() + make_interval(days => ${browser.days}::int))`);
}

export async function addChallenge(
  tx: Transaction,
  challenge: Caller & { linkId: string; channel: Channel; minutes: number },
): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO otp_challenge (link_id, channel, browser_hash, address_hash, doctor_id, recipient_key, known_browser_id, created_at, expires_at)
    VALUES (${challenge.linkId}::uuid, ${challenge.channel}, ${challenge.browserHash}, ${bytes(challenge.addressHash)},
      ${challenge.doctorId}::uuid, ${challenge.recipientKey}, ${challenge.knownBrowserId}::uuid, clock_timestamp(),
      clock_timestamp() + make_interval(mins => ${challenge.minutes}::int))
    RETURNING id`);
  return oneRow(rows).id;
}

/**
 * Takes a challenge for sending: the new code's hash is there before the code leaves. Null where it was sent, used or has
 * expired (by the clock: a transaction may have waited), where its link ended, or where another sender has it.
 */
export async function claimChallenge(
  tx: Transaction,
  claim: { challengeId: string; codeHash: Uint8Array; minutes: number; seconds: number },
): Promise<{
  linkId: string;
  channel: Channel;
  phone: string | null;
  email: string | null;
  language: 'vi' | 'en';
} | null> {
  const rows = await tx.$queryRaw<
    { linkId: string; channel: Channel; phone: string | null; email: string | null; language: 'vi' | 'en' }[]
  >(sql`
    UPDATE otp_challenge c
    SET code_hash = ${claim.codeHash}, expires_at = now() + make_interval(mins => ${claim.minutes}::int),
      claimed_until = now() + make_interval(secs => ${claim.seconds}::int)
    FROM statement_link l JOIN statement s ON s.id = l.statement_id JOIN doctor d ON d.id = s.doctor_id
    WHERE c.id = ${claim.challengeId}::uuid AND l.id = c.link_id AND c.sent_at IS NULL AND c.used_at IS NULL
      AND c.expires_at > clock_timestamp() AND (c.claimed_until IS NULL OR c.claimed_until < now())
      AND l.revoked_at IS NULL AND l.expires_at > now() AND d.active
    RETURNING l.id AS "linkId", c.channel, d.phone, d.email, d.language`);
  return rows[0] ?? null;
}

/** How many seconds a sender still has a challenge that waits for its code; null where none is wanted (any more). */
export async function claimSecondsLeft(challengeId: string): Promise<number | null> {
  const rows = await db().$queryRaw<{ seconds: number }[]>(sql`
    SELECT ceil(greatest(0, coalesce(extract(epoch FROM c.claimed_until - now()), 0)))::int AS seconds
    FROM otp_challenge c JOIN statement_link l ON l.id = c.link_id
    WHERE c.id = ${challengeId}::uuid AND c.sent_at IS NULL AND c.used_at IS NULL AND c.expires_at > now()
      AND l.revoked_at IS NULL AND l.expires_at > now()`);
  return rows[0]?.seconds ?? null;
}

/** What became of a claimed challenge: sent by a channel, or free for another try. */
export async function settleChallenge(tx: Transaction, challengeId: string, sentBy: Channel | null): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE otp_challenge SET claimed_until = NULL, channel = coalesce(${sentBy}::text, channel),
      sent_at = CASE WHEN ${sentBy}::text IS NULL THEN sent_at ELSE now() END
    WHERE id = ${challengeId}::uuid`);
}

/**
 * One try at a code, in one guarded statement: of many at once one wins, and none goes beyond the allowed tries. A challenge
 * whose code was never sent is tried like any other. Null where the challenge can't be tried any more, by the clock: it may have been
 * ended after the transaction began.
 */
export async function tryCode(
  tx: Transaction,
  attempt: { challengeId: string; codeHash: Uint8Array; tries: number },
): Promise<{ right: boolean } | null> {
  const rows = await tx.$queryRaw<{ right: boolean }[]>(sql`
    UPDATE otp_challenge
    SET attempts = attempts + 1, used_at = CASE WHEN code_hash = ${attempt.codeHash} THEN now() END
    WHERE id = ${attempt.challengeId}::uuid AND used_at IS NULL AND attempts < ${attempt.tries}::int
      AND expires_at > clock_timestamp()
    RETURNING used_at IS NOT NULL AS "right"`);
  return rows[0] ?? null;
}

export async function addSession(
  tx: Transaction,
  session: { linkId: string; tokenHash: Uint8Array; addressHash: string; hours: number },
): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO gate_session (link_id, token_hash, address_hash, expires_at)
    VALUES (${session.linkId}::uuid, ${session.tokenHash}, ${bytes(session.addressHash)}, now() + make_interval(hours => ${session.hours}::int))
    RETURNING id`);
  return oneRow(rows).id;
}

/** Ends a session by its cookie; answers its id and link, or null where there was none. */
export async function endSession(
  tx: Transaction,
  tokenHash: Uint8Array,
): Promise<{ id: string; linkId: string } | null> {
  const rows = await tx.$queryRaw<{ id: string; linkId: string }[]>(sql`
    UPDATE gate_session SET ended_at = now() WHERE token_hash = ${tokenHash} AND ended_at IS NULL
    RETURNING id, link_id AS "linkId"`);
  return rows[0] ?? null;
}

/** The events of a link, oldest first. */
export async function eventsOfLink(tx: Transaction, linkId: string): Promise<(ActivityEvent & { id: string })[]> {
  return tx.$queryRaw<(ActivityEvent & { id: string })[]>(sql`
    SELECT id, kind, at, machine, encode(ip_hash, 'hex') AS address, agent
    FROM link_event WHERE link_id = ${linkId}::uuid ORDER BY at, id`);
}

/** Serialises what is made of a link's events, so that nobody writes what they added up to before. */
export async function lockLink(tx: Transaction, linkId: string): Promise<void> {
  await tx.$queryRaw(sql`SELECT id FROM statement_link WHERE id = ${linkId}::uuid FOR UPDATE`);
}

/** Keeps what a link's events add up to; answers whether it has now, for the first time, been found passed on. */
export async function saveActivity(
  tx: Transaction,
  linkId: string,
  activity: Activity,
): Promise<{ newlyForwarded: boolean }> {
  const rows = await tx.$queryRaw<{ newlyForwarded: boolean }[]>(sql`
    INSERT INTO link_activity AS a (link_id, opened, machine_visits, browsers, verified, failed, viewed, downloaded,
      first_opened_at, last_seen_at, forwarded_at, updated_at)
    VALUES (${linkId}::uuid, ${activity.opened}, ${activity.machineVisits}, ${activity.browsers}, ${activity.verified},
      ${activity.failed}, ${activity.viewed}, ${activity.downloaded}, ${activity.firstOpenedAt}, ${activity.lastSeenAt},
      ${activity.forwardedAt}, now())
    ON CONFLICT (link_id) DO UPDATE SET opened = excluded.opened, machine_visits = excluded.machine_visits,
      browsers = excluded.browsers, verified = excluded.verified, failed = excluded.failed, viewed = excluded.viewed,
      downloaded = excluded.downloaded, first_opened_at = excluded.first_opened_at, last_seen_at = excluded.last_seen_at,
      forwarded_at = coalesce(a.forwarded_at, excluded.forwarded_at), updated_at = excluded.updated_at
    RETURNING old.forwarded_at IS NULL AND new.forwarded_at IS NOT NULL AS "newlyForwarded"`);
  return oneRow(rows);
}

const PRUNED_AT_ONCE = 2_000;

const first = (from: Sql): Sql => sql`ctid = ANY (ARRAY(SELECT ctid FROM ${from} LIMIT ${PRUNED_AT_ONCE}::int))`;

/** Removes a few thousand rows that are over; answers how many. Limits count the codes of one day, so two are kept. */
export async function pruneOnce(): Promise<number> {
  const over = [
    sql`otp_challenge WHERE ${first(sql`otp_challenge WHERE created_at < now() - interval '2 days' AND expires_at < now()`)}`,
    sql`gate_session WHERE ${first(sql`gate_session WHERE least(ended_at, expires_at) < now() - interval '1 day'`)}`,
    sql`gate_browser WHERE ${first(sql`gate_browser WHERE expires_at < now()`)}`,
    sql`gate_lockout WHERE ${first(sql`gate_lockout WHERE greatest(locked_at, unlocked_at) < now() - interval '2 days'`)}`,
  ];
  let removed = 0;
  for (const rows of over) removed += await db().$executeRaw(sql`DELETE FROM ${rows}`);
  return removed;
}
