import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '@/prisma/generated/client';
import { env } from '../env';
import { logger } from '../logger';

// One pool and one client a process, kept over hot reloads.
const kept = globalThis as unknown as { portalPool?: pg.Pool; portalPrisma?: PrismaClient };

/** The connection pool: COPY, LISTEN, and hot writes that are one round trip. */
export function pool(): pg.Pool {
  if (!kept.portalPool) {
    kept.portalPool = new pg.Pool({
      connectionString: env().DATABASE_URL,
      max: env().DATABASE_POOL,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      application_name: 'portal',
    });
    // A connection that dies while idle must not take the process with it.
    kept.portalPool.on('error', (err) => logger('db').warn({ err }, 'idle connection lost'));
  }
  return kept.portalPool;
}

export function db(): PrismaClient {
  kept.portalPrisma ??= new PrismaClient({ adapter: new PrismaPg(pool()) });
  return kept.portalPrisma;
}

export type Transaction = Prisma.TransactionClient;
export const { sql, join: joinSql, empty: emptySql, raw: rawSql } = Prisma;
export type Sql = Prisma.Sql;

/** Runs `work` in one transaction; whatever it throws rolls everything back. */
export function inTransaction<T>(work: (tx: Transaction) => Promise<T>, timeoutMs = 15_000): Promise<T> {
  return db().$transaction(work, { timeout: timeoutMs, maxWait: 5_000 });
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
  await kept.portalPool?.end().catch(() => {});
  kept.portalPrisma = undefined;
  kept.portalPool = undefined;
}
