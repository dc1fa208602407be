import pg from 'pg';
import { databaseFailure } from '../database-failures';
import { env } from '../env';
import { logger } from '../logger';
import { noteLoss } from './losses';

// Kept over hot reloads.
const kept = globalThis as unknown as { portalPools?: Map<string, pg.Pool>; portalBounds?: Bounds };

const WAIT_MS = 5_000;
/** A stopped server answers nothing, on connections that stay open. People at a counter get an error soon. */
const ANSWER_MS = 15_000;
/** For the till and for what each request asks first. Few: each use is one short statement. */
const RESERVED = 4;

/** How long a statement may take, a transaction may stand still, and a lock may be waited for, in milliseconds: the server ends it then. */
export interface Bounds {
  statement: number;
  idleInTransaction: number;
  lock: number;
}

const MINUTE = 60_000;
/** The longest that background work and the command line do: a chunk of a sheet, in fifteen minutes. */
const WORK: Bounds = { statement: 15 * MINUTE, idleInTransaction: 15 * MINUTE, lock: 5 * MINUTE };
/** What somebody waits for: the longest of it approves, publishes or takes over a whole month or sheet. */
export const ANSWERS: Bounds = { statement: 2 * MINUTE, idleInTransaction: 2 * MINUTE, lock: MINUTE };

/** Bounds for all connections that this process opens from here on; without it they are those of background work. */
export function boundStatements(bounds: Bounds): void {
  kept.portalBounds = bounds;
}

function cachedPool(name: string, options: pg.PoolConfig): pg.Pool {
  kept.portalPools ??= new Map();
  const known = kept.portalPools.get(name);
  if (known) return known;
  const { statement, idleInTransaction, lock } = kept.portalBounds ?? WORK;
  const made = new pg.Pool({
    connectionString: env().DATABASE_URL,
    statement_timeout: statement,
    idle_in_transaction_session_timeout: idleInTransaction,
    lock_timeout: lock,
    connectionTimeoutMillis: WAIT_MS,
    application_name: name,
    ...options,
  });
  // A connection that dies, idle or between two statements of its owner, must not take the process with it.
  made.on('connect', (client) => void client.on('error', noteLoss));
  made.on('error', (err) => logger('db').warn({ err, pool: name }, 'idle connection lost'));
  kept.portalPools.set(name, made);
  return made;
}

/** The connection pool: Prisma, COPY, hot writes that are one round trip. Who finds it empty waits for five seconds at most. */
export const pool = (): pg.Pool => cachedPool('portal', { max: env().DATABASE_POOL, idleTimeoutMillis: 30_000 });

/** Connections that bulk work never takes. They stay open, so that they are there when the server has no other left. */
const reserve = (): pg.Pool => cachedPool('portal-reserve', { max: RESERVED, min: RESERVED, idleTimeoutMillis: 0 });

/** One connection, for asking whether the database answers. */
export const healthPool = (): pg.Pool =>
  cachedPool('portal-health', {
    max: 1,
    min: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  });

/** Opens what must be there before others have taken all. A database that is away now gets them when they are first wanted. */
export async function openReserves(): Promise<void> {
  for (const [from, size] of [
    [reserve(), RESERVED],
    [healthPool(), 1],
  ] as const) {
    const opened = await Promise.allSettled(Array.from({ length: size }, () => from.connect()));
    for (const one of opened) if (one.status === 'fulfilled') one.value.release();
  }
}

/**
 * One short statement that does not wait behind bulk work: by the common pool where it has room at once, else by the reserve.
 * For the till, and for who is asking.
 */
export async function queryFirst<Row extends pg.QueryResultRow>(
  statement: pg.QueryConfig,
): Promise<pg.QueryResult<Row>> {
  const bounded = { ...statement, query_timeout: ANSWER_MS };
  const client = await leadingClient();
  let broken = false;
  try {
    return await client.query<Row>(bounded);
  } catch (error) {
    broken = databaseFailure(error) !== null;
    if (broken) noteLoss();
    throw error;
  } finally {
    client.release(broken);
  }
}

async function leadingClient(): Promise<pg.PoolClient> {
  const common = pool();
  const hasFree = common.idleCount > 0 || (common.waitingCount === 0 && common.totalCount < env().DATABASE_POOL);
  if (!hasFree) return reserve().connect();
  try {
    return await common.connect();
  } catch (error) {
    if (databaseFailure(error) === null) throw error;
    return reserve().connect();
  }
}

export async function closePools(): Promise<void> {
  const pools = [...(kept.portalPools?.values() ?? [])];
  kept.portalPools = undefined;
  await Promise.all(pools.map((one) => one.end().catch(() => {})));
}
