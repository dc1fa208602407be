import pg from 'pg';

/** The schema every connection of the engine works in. */
export const SCHEMA = 'inngest_engine';

/** Anything that runs statements: the pool, or one transaction. */
export interface Queryable {
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
}

export interface Database extends Queryable {
  /** Connections reserved for leases and health, which must go on however busy the engine is. */
  reserve: Queryable;
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

/**
 * A function, table or column that is not there, or a plan made for another one: somebody is changing the schema, or another
 * version has it. No statement of the engine names what a user wrote, so no event can be to blame.
 */
const OTHER_SCHEMA = new Set(['42883', '42P01', '42703', '3F000', '0A000', '26000']);

function isOtherSchema(error: unknown): boolean {
  const code = codeOf(error);
  if (OTHER_SCHEMA.has(code)) return true;
  return (
    code === 'XX000' && error instanceof Error && /^(cache lookup failed|could not open relation)/.test(error.message)
  );
}

/** A database that is away, shuts down, starts, is full or crowded, or has another schema: no fault of the data, and over some time. */
export function isPassing(error: unknown): boolean {
  if (error instanceof DatabaseAway || isOtherSchema(error)) return true;
  return /^(08|40|53|55|57|58|25P0[234])/.test(codeOf(error));
}

/** A database that is there, but has no connection left or is only just starting. */
export function isCrowded(error: unknown): boolean {
  return /^(53300|57P03)$/.test(codeOf(error));
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
    // Its prepared statements may be made for what is there no more.
    if (isOtherSchema(error)) broken = new Error('made for another schema');
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

/** No statement of the work takes long; one that does holds a connection, and locks that others wait for. */
const STATEMENT_MS = 30_000;
const IDLE_IN_TRANSACTION_MS = 30_000;
/** A server that says nothing at all any more. */
const SILENCE_MS = STATEMENT_MS + 10_000;
const CONNECT_MS = 5_000;
const RESERVED = 2;

export function connectionSettings(url: string, applicationName = 'inngest-engine'): pg.ClientConfig {
  const timeouts = `-c statement_timeout=${STATEMENT_MS} -c idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`;
  return {
    connectionString: url,
    options: `-c search_path=${SCHEMA} -c timezone=UTC -c jit=off ${timeouts} ${PLANNER}`,
    application_name: applicationName,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: CONNECT_MS,
  };
}

/** A caller that finds no free connection waits a while, and gets an error when none becomes free. */
function poolOf(url: string, max: number): pg.Pool {
  const settings = { ...connectionSettings(url), query_timeout: SILENCE_MS };
  const pool = new pg.Pool({ ...settings, max, idleTimeoutMillis: 60_000 });
  // A connection that breaks is replaced by the pool; without a listener, idle or in use, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

export function openDatabase(url: string, connections: number): Database {
  const [pool, kept] = [poolOf(url, connections), poolOf(url, RESERVED)];
  const direct = on(pool);
  return {
    reserve: on(kept),
    query: (text, values) => retried(() => direct.query(text, values)),
    transaction: (work) => retried(() => inTransaction(pool, work)),
    close: async () => {
      await Promise.all([pool.end(), kept.end()]);
    },
  };
}
