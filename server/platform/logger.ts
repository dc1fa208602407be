import pino from 'pino';
import { env } from './env';

let root: pino.Logger | undefined;

/** Structured log of this process. Ids and figures only: names, phones, codes and tokens are never passed to it. */
export function logger(part: string): pino.Logger {
  root ??= pino(
    {
      level: env().LOG_LEVEL,
      base: { pid: process.pid },
      redact: { paths: ['*.password', '*.token', '*.code', '*.phone', '*.email', '*.name', 'headers'], remove: true },
      serializers: { err: describeError },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ dest: 2, sync: false }),
  );
  return root.child({ part });
}

/** Errors whose message quotes what they were given: a row, an argument, a text that could not be parsed. */
const QUOTING = /^(Prisma|DriverAdapter|DatabaseError$|error$|ZodError$|\$ZodError$|SyntaxError$)/;

/**
 * An error for the log. Of errors that quote values only the code and the constraint are logged, and of a stack only the places: it
 * begins with the message, which may have many lines.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const quotes = QUOTING.test(error.name) || (code !== undefined && /^([0-9A-Z]{5}|P\d{4})$/.test(code));
  return {
    type: error.name,
    code,
    constraint: 'constraint' in error ? error.constraint : undefined,
    message: quotes ? undefined : error.message.slice(0, 500),
    stack: error.stack
      ?.match(/^ {4}at .*$/gm)
      ?.slice(0, 8)
      .join('\n'),
    cause: error.cause ? describeError(error.cause) : undefined,
  };
}
