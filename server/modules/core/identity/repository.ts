import type { Kept } from '@/server/domain/emptied-cells';
import type { Role } from '@/server/domain/role';
import { db, oneRow, pool, queryFirst, sql, type Transaction } from '@/server/platform/db';
import type { Account, BranchRow, Caller, LiveSession, OrganisationRow, OwnSession, Proof, UserRow } from './schema';

export type AccountSecret = Pick<
  Account,
  'id' | 'active' | 'email' | 'name' | 'role' | 'epoch' | 'mustChangePassword'
> & {
  passwordHash: string;
};

const ACCOUNT = sql`u.id, u.email, u.name, u.role, u.branch_id AS "branchId", b.code AS "branchCode", b.name_vi AS "branchNameVi", b.name_en AS "branchNameEn",
  u.language, u.active, u.session_epoch AS epoch, u.must_change_password AS "mustChangePassword"`;

export async function findAccountByEmail(email: string): Promise<Account | null> {
  const rows = await db().$queryRaw<Account[]>(sql`
    SELECT ${ACCOUNT} FROM app_user u LEFT JOIN branch b ON b.id = u.branch_id WHERE u.email = ${email}`);
  return rows[0] ?? null;
}

export async function listAccounts(): Promise<Account[]> {
  return db().$queryRaw<Account[]>(sql`
    SELECT ${ACCOUNT} FROM app_user u LEFT JOIN branch b ON b.id = u.branch_id ORDER BY u.email`);
}

const SECRET = sql`id, active, name, email, role, session_epoch AS epoch, must_change_password AS "mustChangePassword",
  password_hash AS "passwordHash"`;

export async function findSecretByEmail(email: string): Promise<AccountSecret | null> {
  const rows = await db().$queryRaw<AccountSecret[]>(sql`SELECT ${SECRET} FROM app_user WHERE email = ${email}`);
  return rows[0] ?? null;
}

export async function findSecret(id: string): Promise<AccountSecret | null> {
  const rows = await db().$queryRaw<AccountSecret[]>(sql`SELECT ${SECRET} FROM app_user WHERE id = ${id}::uuid`);
  return rows[0] ?? null;
}

/** Whether this person has been signed in from this address before. */
export async function isKnownAddress(email: string, addressHash: string): Promise<boolean> {
  const rows = await db().$queryRaw<{ known: boolean }[]>(sql`
    SELECT EXISTS (SELECT FROM staff_session s JOIN app_user u ON u.id = s.user_id
      WHERE u.email = ${email} AND s.address_hash = ${addressHash}) AS known`);
  return oneRow(rows).known;
}

/** Uses a one-time password up; false where that has happened before, or its time is over. */
export async function takeOneTimePassword(tx: Transaction, id: string): Promise<boolean> {
  const taken = await tx.$executeRaw(sql`
    UPDATE app_user SET one_time_used_at = now()
    WHERE id = ${id}::uuid AND one_time_used_at IS NULL AND one_time_until > now()`);
  return taken === 1;
}

export async function findBranchId(tx: Transaction, code: string): Promise<string | null> {
  const [found] = await tx.$queryRaw<{ id: string }[]>(sql`SELECT id FROM branch WHERE code = ${code}`);
  return found?.id ?? null;
}

type UserToSave = UserRow & { branchId: string | null; passwordHash: string; oneTimeHours: number | null };

/**
 * Adds an account, or brings name, role, branch and language of the one with this e-mail up to date; of branch and language what is
 * `named`.
 */
export async function saveUser(
  tx: Transaction,
  row: UserToSave,
  named: ReadonlySet<string>,
): Promise<{ id: string; outcome: 'added' | 'changed' | 'unchanged' }> {
  const facts = { name: row.name, role: row.role, branchId: row.branchId, language: row.language as string };
  const [existing] = await tx.$queryRaw<({ id: string } & typeof facts)[]>(sql`
    SELECT id, name, role, branch_id AS "branchId", language FROM app_user WHERE email = ${row.email}`);
  if (!existing) return { id: await insertUser(tx, row), outcome: 'added' };
  if (!named.has('branch')) facts.branchId = existing.branchId;
  if (!named.has('language')) facts.language = existing.language;
  const same =
    existing.name === facts.name &&
    existing.role === facts.role &&
    existing.branchId === facts.branchId &&
    existing.language === facts.language;
  if (same) return { id: existing.id, outcome: 'unchanged' };
  await tx.$executeRaw(sql`
    UPDATE app_user SET name = ${facts.name}, role = ${facts.role}, branch_id = ${facts.branchId}::uuid,
      language = ${facts.language}, updated_at = now() WHERE id = ${existing.id}::uuid`);
  return { id: existing.id, outcome: 'changed' };
}

async function insertUser(tx: Transaction, row: UserToSave): Promise<string> {
  const { email, name, role, branchId, language, passwordHash, oneTimeHours } = row;
  const made = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO app_user (email, name, role, branch_id, language, password_hash)
    VALUES (${email}, ${name}, ${role}, ${branchId}::uuid, ${language}, ${passwordHash}) RETURNING id`);
  const { id } = oneRow(made);
  if (oneTimeHours !== null) await setOneTimePassword(tx, id, passwordHash, oneTimeHours);
  return id;
}

/**
 * Sets a lasting password in the epoch in which the current one was proved; false where the account has changed since. That ends
 * every session of the account, by trigger.
 */
export async function setPassword(
  tx: Transaction,
  { id, epoch, passwordHash }: { id: string; epoch: number; passwordHash: string },
): Promise<boolean> {
  const set = await tx.$executeRaw(sql`
    UPDATE app_user SET password_hash = ${passwordHash}, must_change_password = false, one_time_until = NULL,
      one_time_used_at = NULL, updated_at = now()
    WHERE id = ${id}::uuid AND active AND session_epoch = ${epoch}::int`);
  return set === 1;
}

/** Sets what has to be changed at the first sign-in, which has so many hours. */
export async function setOneTimePassword(
  tx: Transaction,
  id: string,
  passwordHash: string,
  hours: number,
): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE app_user SET password_hash = ${passwordHash}, must_change_password = true, one_time_used_at = NULL,
      one_time_until = now() + make_interval(hours => ${hours}::int), updated_at = now() WHERE id = ${id}::uuid`);
}

export async function setActive(tx: Transaction, id: string, active: boolean): Promise<void> {
  await tx.$executeRaw(sql`UPDATE app_user SET active = ${active}, updated_at = now() WHERE id = ${id}::uuid`);
}

/** Sets role and branch. Where one of them changes, the account's sessions end, by trigger. */
export async function setRole(tx: Transaction, id: string, role: Role, branchId: string | null): Promise<void> {
  await tx.$executeRaw(sql`
    UPDATE app_user SET role = ${role}, branch_id = ${branchId}::uuid, updated_at = now() WHERE id = ${id}::uuid`);
}

/** Ends every session of an account. */
export async function raiseEpoch(tx: Transaction, id: string): Promise<void> {
  await tx.$executeRaw(sql`UPDATE app_user SET session_epoch = session_epoch + 1 WHERE id = ${id}::uuid`);
}

/** Adds branches or brings them up to date by code, in one order, so that two who do never wait in a circle; answers how many really changed. */
export async function saveBranches(tx: Transaction, rows: BranchRow[]): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO branch (code, name_vi, name_en)
    SELECT code, name_vi, name_en FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (code text, name_vi text, name_en text)
    ORDER BY code
    ON CONFLICT (code) DO UPDATE SET name_vi = excluded.name_vi, name_en = excluded.name_en
    WHERE (branch.name_vi, branch.name_en) IS DISTINCT FROM (excluded.name_vi, excluded.name_en)`);
}

/** Whether no price and no order is in another currency. */
export async function usesCurrency(tx: Transaction, currency: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ keeps: boolean }[]>(sql`
    SELECT NOT EXISTS (SELECT FROM rate_card WHERE currency <> ${currency}) AND NOT EXISTS (SELECT FROM orders WHERE currency <> ${currency}) AS keeps`);
  return oneRow(rows).keeps;
}

/** Whether the days of what is there are those of this zone: nothing is there, or it is the zone already. */
export async function usesZone(tx: Transaction, zone: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ keeps: boolean }[]>(sql`
    SELECT EXISTS (SELECT FROM organisation WHERE time_zone = ${zone})
      OR NOT EXISTS (SELECT FROM orders) AND NOT EXISTS (SELECT FROM statement_period) AS keeps`);
  return oneRow(rows).keeps;
}

/** `taxCode` as sheets and tables call it, `tax_code`. */
const columnName = (fact: string) => fact.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What is kept of the organisation, and of these accounts, by the columns of their files; the code is what they are found by. */
export const keptOrganisation = (tx: Transaction): Promise<Kept[]> =>
  tx.$queryRaw<Kept[]>(sql`
    SELECT '1' AS code, address, phone, tax_code, currency, time_zone, default_language, withholding_threshold, refund_limit,
      trim_scale(cashier_discount_limit)::text AS cashier_discount_limit FROM organisation`);
export const keptUsers = (tx: Transaction, emails: string[]): Promise<Kept[]> =>
  tx.$queryRaw<Kept[]>(sql`
    SELECT u.email AS code, u.language, b.code AS branch FROM app_user u LEFT JOIN branch b ON b.id = u.branch_id
    WHERE u.email = ANY (${emails}::text[])`);

/** Makes the organisation, or brings what is `named` of it up to date. */
export async function saveOrganisation(
  tx: Transaction,
  row: OrganisationRow,
  named: ReadonlySet<string>,
): Promise<void> {
  const facts = {
    nameVi: row.name_vi,
    nameEn: row.name_en,
    address: row.address,
    phone: row.phone,
    taxCode: row.tax_code,
    currency: row.currency,
    timeZone: row.time_zone,
    defaultLanguage: row.default_language,
    withholdingThreshold: row.withholding_threshold,
    refundLimit: row.refund_limit,
    cashierDiscountLimit: row.cashier_discount_limit,
  };
  const given = Object.entries(facts).filter(([fact]) => named.has(columnName(fact)));
  await tx.organisation.upsert({
    where: { id: 1 },
    create: facts,
    update: { ...Object.fromEntries(given), updatedAt: new Date() },
  });
}

/** What makes a session good: not ended, neither of its times over, its account active and unchanged since. */
const GOOD = `s.ended_at IS NULL AND s.expires_at > now() AND s.seen_at > now() - make_interval(mins => $1::int)
  AND u.active AND u.session_epoch = s.epoch`;

/** Each request asks these: prepared, since planning them takes longer than answering. */
const FIND_LIVE = {
  name: 'find_live_session',
  text: `SELECT s.id AS "sessionId", s.proof, s.seen_at < now() - interval '1 minute' AS stale, ${ACCOUNT.sql}
    FROM staff_session s JOIN app_user u ON u.id = s.user_id LEFT JOIN branch b ON b.id = u.branch_id
    WHERE s.secret_hash = $2 AND ${GOOD}`,
};
const IS_GOOD = {
  name: 'is_good_session',
  text: `SELECT FROM staff_session s JOIN app_user u ON u.id = s.user_id WHERE s.id = $2 AND ${GOOD}`,
};
const LIST_GOOD = `SELECT s.id, s.id IS NOT DISTINCT FROM $3::uuid AS current, s.proof, s.network, s.browser,
    s.created_at AS "createdAt", s.seen_at AS "seenAt"
  FROM staff_session s JOIN app_user u ON u.id = s.user_id WHERE s.user_id = $2 AND ${GOOD} ORDER BY s.seen_at DESC, s.id DESC`;

/** Begins a session in the epoch in which the person proved who they are; null where the account has changed since. */
export async function insertSession(
  tx: Transaction,
  row: Caller & { userId: string; epoch: number; proof: Proof; secretHash: Buffer; hours: number },
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`
    INSERT INTO staff_session (user_id, secret_hash, epoch, proof, address_hash, network, browser, expires_at)
    SELECT id, ${row.secretHash}, session_epoch, ${row.proof}, ${row.addressHash}, ${row.network}, ${row.browser},
      now() + make_interval(hours => ${row.hours}::int)
    FROM app_user WHERE id = ${row.userId}::uuid AND active AND session_epoch = ${row.epoch}::int
    RETURNING id`);
  return rows[0]?.id ?? null;
}

/** The session that a cookie names, where it is good now. `stale`: its last sight is more than a minute old. */
export async function findLiveSession(
  secretHash: Buffer,
  idleMinutes: number,
): Promise<(LiveSession & { stale: boolean }) | null> {
  type Row = Account & { sessionId: string; proof: Proof; stale: boolean };
  const [row] = (await queryFirst<Row>({ ...FIND_LIVE, values: [idleMinutes, secretHash] })).rows;
  if (!row) return null;
  const { sessionId, proof, stale, ...account } = row;
  return { id: sessionId, proof, stale, account };
}

export async function isGoodSession(id: string, idleMinutes: number): Promise<boolean> {
  return (await queryFirst({ ...IS_GOOD, values: [idleMinutes, id] })).rowCount === 1;
}

/** Notes that a session is in use, at most once a minute. */
export async function touchSession(id: string): Promise<void> {
  await db().$executeRaw(sql`
    UPDATE staff_session SET seen_at = now()
    WHERE id = ${id}::uuid AND ended_at IS NULL AND seen_at < now() - interval '1 minute'`);
}

/** A person's sessions that are good now, the latest in use first. */
export async function listSessions(
  userId: string,
  currentId: string | null,
  idleMinutes: number,
): Promise<OwnSession[]> {
  return (await pool().query<OwnSession>(LIST_GOOD, [idleMinutes, userId, currentId])).rows;
}

/** Ends sessions that stand open; answers whose they were. */
export async function endSessions(
  tx: Transaction,
  which: { secretHash: Buffer } | { id: string; userId: string } | { userId: string; except: string | null },
): Promise<{ id: string; userId: string }[]> {
  const chosen =
    'secretHash' in which
      ? sql`secret_hash = ${which.secretHash}`
      : 'id' in which
        ? sql`id = ${which.id}::uuid AND user_id = ${which.userId}::uuid`
        : sql`user_id = ${which.userId}::uuid AND id IS DISTINCT FROM ${which.except}::uuid`;
  return tx.$queryRaw<{ id: string; userId: string }[]>(sql`
    UPDATE staff_session SET ended_at = now() WHERE ended_at IS NULL AND ${chosen} RETURNING id, user_id AS "userId"`);
}

/** Removes sessions that have been over for so many days. */
export async function deleteOldSessions(days: number): Promise<number> {
  return db().$executeRaw(sql`
    DELETE FROM staff_session WHERE expires_at < now() - make_interval(days => ${days}::int)`);
}

/** The codes of branches that are these but for the case of their letters. */
export async function branchCodesLike(tx: Transaction, codes: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ code: string }[]>(sql`
    SELECT code FROM branch WHERE lower(code) = ANY (SELECT lower(given) FROM unnest(${codes}::text[]) AS given) ORDER BY code`);
  return rows.map(({ code }) => code);
}
