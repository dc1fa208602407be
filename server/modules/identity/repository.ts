import { db, sql, type Transaction } from '@/server/platform/db';
import type { Account, BranchRow, OrganisationRow, UserRow } from './schema';

export type AccountSecret = Pick<Account, 'id' | 'active'> & {
  passwordHash: string;
  failures: number;
  restsUntil: Date | null;
};

export async function findAccount(id: string): Promise<Account | null> {
  const rows = await db().$queryRaw<Account[]>(sql`
    SELECT u.id, u.email, u.name, u.role, u.branch_id AS "branchId", b.code AS "branchCode", b.name_vi AS "branchName",
      u.language, u.active, u.session_epoch AS epoch, u.must_change_password AS "mustChangePassword"
    FROM app_user u LEFT JOIN branch b ON b.id = u.branch_id WHERE u.id = ${id}::uuid`);
  return rows[0] ?? null;
}

export async function findSecretByEmail(email: string): Promise<AccountSecret | null> {
  const rows = await db().$queryRaw<AccountSecret[]>(sql`
    SELECT id, active, password_hash AS "passwordHash", failed_sign_ins AS failures, locked_until AS "restsUntil"
    FROM app_user WHERE email = ${email}`);
  return rows[0] ?? null;
}

export async function countFailure(
  tx: Transaction,
  id: string,
  restSeconds: (failures: number) => number,
): Promise<void> {
  const { failedSignIns } = await tx.user.update({
    where: { id },
    data: { failedSignIns: { increment: 1 } },
    select: { failedSignIns: true },
  });
  const rest = restSeconds(failedSignIns);
  if (rest > 0)
    await tx.user.update({
      where: { id },
      data: { lockedUntil: new Date(Date.now() + rest * 1000) },
      select: { id: true },
    });
}

export async function clearFailures(tx: Transaction, id: string): Promise<void> {
  await tx.user.update({ where: { id }, data: { failedSignIns: 0, lockedUntil: null }, select: { id: true } });
}

export async function findBranchId(tx: Transaction, code: string): Promise<string | null> {
  const found = await tx.branch.findUnique({ where: { code }, select: { id: true } });
  return found?.id ?? null;
}

/** Adds an account, or brings name, role, branch and language of the one with this e-mail up to date. */
export async function saveUser(
  tx: Transaction,
  row: UserRow & { branchId: string | null; passwordHash: string; mustChangePassword: boolean },
): Promise<{ id: string; outcome: 'added' | 'changed' | 'unchanged' }> {
  const existing = await tx.user.findUnique({ where: { email: row.email } });
  const facts = { name: row.name, role: row.role, branchId: row.branchId, language: row.language };
  if (!existing) {
    const { email, passwordHash, mustChangePassword } = row;
    const made = await tx.user.create({
      data: { email, passwordHash, mustChangePassword, ...facts },
      select: { id: true },
    });
    return { id: made.id, outcome: 'added' };
  }
  const same =
    existing.name === facts.name &&
    existing.role === facts.role &&
    existing.branchId === facts.branchId &&
    existing.language === facts.language;
  if (same) return { id: existing.id, outcome: 'unchanged' };
  await tx.user.update({
    where: { id: existing.id },
    data: { ...facts, sessionEpoch: { increment: 1 } },
    select: { id: true },
  });
  return { id: existing.id, outcome: 'changed' };
}

export async function setPassword(tx: Transaction, id: string, passwordHash: string): Promise<number> {
  const saved = await tx.user.update({
    where: { id },
    data: { passwordHash, mustChangePassword: false, sessionEpoch: { increment: 1 } },
    select: { sessionEpoch: true },
  });
  return saved.sessionEpoch;
}

/** Adds branches or brings them up to date by code; answers how many really changed. */
export async function saveBranches(tx: Transaction, rows: BranchRow[]): Promise<number> {
  return tx.$executeRaw(sql`
    INSERT INTO branch (code, name_vi, name_en)
    SELECT code, name_vi, name_en FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (code text, name_vi text, name_en text)
    ON CONFLICT (code) DO UPDATE SET name_vi = excluded.name_vi, name_en = excluded.name_en
    WHERE (branch.name_vi, branch.name_en) IS DISTINCT FROM (excluded.name_vi, excluded.name_en)`);
}

/** Whether no price and no order is in another currency. */
export async function keepsCurrency(tx: Transaction, currency: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ keeps: boolean }[]>(sql`
    SELECT NOT EXISTS (SELECT FROM rate_card WHERE currency <> ${currency}) AND NOT EXISTS (SELECT FROM orders WHERE currency <> ${currency}) AS keeps`);
  return rows[0]?.keeps ?? false;
}

export async function saveOrganisation(tx: Transaction, row: OrganisationRow): Promise<void> {
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
    cashierDiscountLimit: row.cashier_discount_limit,
  };
  await tx.organisation.upsert({
    where: { id: 1 },
    create: facts,
    update: { ...facts, updatedAt: new Date() },
    select: { id: true },
  });
}
