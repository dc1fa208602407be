import pg from 'pg';
import { SCHEMA } from './schema';

/** Anything that runs statements: the pool, or one transaction. */
export interface Queryable {
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
}

export interface Database extends Queryable {
  pool: pg.Pool;
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const RETRYABLE = new Set(['40001', '40P01']);
const TRANSACTION_TRIES = 6;

/** The connection broke, or none was to be had: whether the statement was carried out is not known. */
class DatabaseAway extends Error {
  readonly code: string | undefined;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.code = codeOf(cause) || undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Wrong data, broken rules, exceeded limits, values nested too deeply to be written: trying again cannot help. */
export function canNeverBeStored(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof TypeError) return true;
  return !(error instanceof DatabaseAway) && /^(22|23|54)/.test(codeOf(error));
}

/** A database that is away, shuts down, starts, is full or crowded: no fault of the data, and over some time. */
export function isPassing(error: unknown): boolean {
  return error instanceof DatabaseAway || /^(08|40|53|55|57|58)/.test(codeOf(error));
}

/** What the server says is passed on; anything else that goes wrong on the way to it is the connection's fault. */
async function reaching<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof pg.DatabaseError ? error : new DatabaseAway(error);
  }
}

/** Statement names let PostgreSQL keep the plan; they are made from the text, so equal texts share one. */
const statementNames = new Map<string, string>();

function named(text: string, values: unknown[]): pg.QueryConfig {
  let name = statementNames.get(text);
  if (!name) {
    name = `engine_${statementNames.size}`;
    statementNames.set(text, name);
  }
  return { name, text, values };
}

function on(client: pg.Pool | pg.ClientBase): Queryable {
  return {
    async query<Row extends object>(text: string, values: unknown[] = []) {
      return (await reaching(() => client.query<Row>(named(text, values)))).rows;
    },
  };
}

/** Two transactions that met in the wrong order are simply run again. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn++) {
    try {
      return await work();
    } catch (error) {
      if (!RETRYABLE.has(codeOf(error)) || turn >= TRANSACTION_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * turn));
    }
  }
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const client = await reaching(() => pool.connect());
  let broken: Error | undefined;
  try {
    await reaching(() => client.query('BEGIN'));
    const result = await work(on(client));
    await reaching(() => client.query('COMMIT'));
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Every statement of the engine reaches a few rows by an index. A queue grows from nothing to 100,000 rows faster than
 * statistics follow, and plans made for an empty table would then read all of it: so the other ways are ruled out.
 */
const PLANNER = ['seqscan', 'bitmapscan', 'sort', 'hashjoin', 'mergejoin']
  .map((way) => `-c enable_${way}=off`)
  .join(' ');

export function connectionSettings(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    options: `-c search_path=${SCHEMA} -c timezone=UTC -c jit=off ${PLANNER}`,
    application_name: 'inngest-engine',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 5_000,
  };
}

export function openDatabase(url: string, connections: number): Database {
  const pool = new pg.Pool({ ...connectionSettings(url), max: connections, idleTimeoutMillis: 60_000 });
  // A connection that breaks is replaced by the pool; without a listener, idle or in use, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const direct = on(pool);
  return {
    pool,
    query: (text, values) => retried(() => direct.query(text, values)),
    transaction: (work) => retried(() => inTransaction(pool, work)),
    close: () => pool.end(),
  };
}
