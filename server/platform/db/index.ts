import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '@/prisma/generated/client';
import { databaseFailure } from '../database-failures';
import { noteLoss } from './losses';
import { closePools, pool } from './pools';
import { forgetOutdated, statementName } from './statements';

export { oneRow } from './one-row';
export { ANSWERS, boundStatements, healthPool, openReserves, pool, queryFirst } from './pools';
export { asRefusal } from './refusals';

// One client a process, kept over hot reloads.
const kept = globalThis as unknown as { portalPrisma?: PrismaClient };

export function db(): PrismaClient {
  kept.portalPrisma ??= connectedClient();
  return kept.portalPrisma;
}

function connectedClient(): PrismaClient {
  const adapter = new PrismaPg(pool(), { statementNameGenerator: statementName });
  const client = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'error' }] });
  client.$on('error', (error) => {
    forgetOutdated(error);
    if (databaseFailure(error)) noteLoss();
  });
  return client;
}

export type Transaction = Prisma.TransactionClient;
export const { sql, join: joinSql, empty: emptySql, raw: rawSql } = Prisma;
export type Sql = Prisma.Sql;

const afterwards = new WeakMap<Transaction, (() => void)[]>();

/** Runs `work` in one transaction; whatever it throws rolls everything back. */
export async function inTransaction<T>(work: (tx: Transaction) => Promise<T>, timeoutMs = 15_000): Promise<T> {
  const due: (() => void)[] = [];
  const settings = { timeout: timeoutMs, maxWait: 5_000 };
  const result = await db().$transaction((tx) => {
    afterwards.set(tx, due);
    return work(tx);
  }, settings);
  for (const act of due) act();
  return result;
}

/** Calls `act` once the transaction is committed, and never where it is rolled back. */
export function onCommit(tx: Transaction, act: () => void): void {
  const due = afterwards.get(tx);
  if (!due) throw new Error('only a transaction of inTransaction has an afterwards');
  due.push(act);
}

/** The name of the unique or check constraint that refused a write, if that is what happened. */
export function brokenConstraint(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('constraint' in at && typeof at.constraint === 'string') return at.constraint;
    if (at instanceof Prisma.PrismaClientKnownRequestError) {
      const meta = at.meta as
        | { driverAdapterError?: { cause?: { constraint?: { index?: string; fields?: string[] } } } }
        | undefined;
      const constraint = meta?.driverAdapterError?.cause?.constraint;
      if (constraint) return constraint.index ?? constraint.fields?.join(',');
    }
  }
  return undefined;
}

/**
 * Whether PostgreSQL refused a value as such (SQLSTATE class 22: a NUL, a day that no calendar has, a number out of range): what
 * was asked for, not what we asked.
 */
export function isBadValue(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code, meta } = at as {
      code?: unknown;
      meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
    };
    const known = [code, meta?.driverAdapterError?.cause?.originalCode];
    if (known.some((one) => typeof one === 'string' && /^22[0-9A-Z]{3}$/.test(one))) return true;
  }
  return false;
}

export async function closeDb(): Promise<void> {
  await kept.portalPrisma?.$disconnect();
  kept.portalPrisma = undefined;
  await closePools();
}
