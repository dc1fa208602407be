/** What a database that cannot serve us right now is called for people; each has a sentence. */
export type DatabaseFailure = 'database_unavailable' | 'database_full' | 'database_read_only';

/** SQLSTATE (PostgreSQL 18, appendix A) of failures that are not the statement's own. */
const FULL = new Set(['53100']); // disk_full
const READ_ONLY = new Set(['25006']); // read_only_sql_transaction: a standby, or a server configured so
const GONE = new Set([
  ...['57P01', '57P02', '57P03', '57P04', '57P05'], // shut down, crashed, starting, dropped, idle too long
  ...['40001', '40P01', '55P03', '57014'], // lost against others: serialization, deadlock, lock, statement timeout
  '25P03', // idle_in_transaction_session_timeout: our own process stood still
  '58030', // io_error
]);
/** Whole classes: 08 connection exception, 53 insufficient resources (too many connections, out of memory). */
const GONE_CLASS = /^(08|53)[0-9A-Z]{3}$/;

/** The socket's own words, where it is the database's socket. */
const SOCKET = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH'],
  ...['ENETDOWN', 'EAI_AGAIN', 'ENOTFOUND'],
]);

/** Prisma: not reached, timed out, closed, no connection in time, too many connections, no transaction in time. */
const PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037', 'P2034']);

/** What the driver adapter makes of the same, before Prisma gives it a code. */
const ADAPTER = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
]);

const WORDS =
  /^(Connection terminated|Connection ended|timeout (exceeded|expired)|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after)|connection timeout|Can't reach database|Server has closed the connection|Timed out fetching a new connection|Too many database connections|Unable to start a transaction|Transaction already closed|Transaction API error|cached plan must not change result type/;

type Facts = Record<string, unknown>;

const isFacts = (value: unknown): value is Facts => typeof value === 'object' && value !== null;

/** `fetch` fails with the same socket errors, about other hosts. */
const isFetch = (at: Facts): boolean => at instanceof TypeError && at.message === 'fetch failed';

function ofCode(code: string): DatabaseFailure | null {
  if (FULL.has(code)) return 'database_full';
  if (READ_ONLY.has(code)) return 'database_read_only';
  const isGone = GONE.has(code) || GONE_CLASS.test(code) || SOCKET.has(code) || PRISMA.has(code) || ADAPTER.has(code);
  return isGone ? 'database_unavailable' : null;
}

/** Where an error keeps what caused it: `cause`, Prisma's `meta`, the adapter's own error, several at once. */
const inside = (at: Facts): unknown[] => [
  at.cause,
  at.meta,
  at.driverAdapterError,
  ...(Array.isArray(at.errors) ? at.errors : []),
];

/**
 * What an error says of the database, or null where it is about something else: the one place that knows how PostgreSQL, its
 * driver, Prisma and Prisma's adapter name a server that is gone, starting, full, read-only or out of connections. The most
 * specific one wins: a full disk also breaks connections.
 */
export function databaseFailure(error: unknown): DatabaseFailure | null {
  const seen = new Set<unknown>();
  const found = new Set<DatabaseFailure>();
  const look = (at: unknown): void => {
    if (!isFacts(at) || seen.has(at) || isFetch(at)) return;
    seen.add(at);
    for (const word of [at.code, at.originalCode, at.errorCode, at.kind]) {
      const failure = typeof word === 'string' ? ofCode(word) : null;
      if (failure) found.add(failure);
    }
    if (typeof at.message === 'string' && WORDS.test(at.message)) found.add('database_unavailable');
    for (const one of inside(at)) look(one);
  };
  look(error);
  return (
    (['database_full', 'database_read_only', 'database_unavailable'] as const).find((one) => found.has(one)) ?? null
  );
}
