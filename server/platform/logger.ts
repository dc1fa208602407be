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

// A database driver's message can quote the row it refused, so of its errors only the code and the constraint are logged.
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const fromDatabase = code !== undefined && /^([0-9A-Z]{5}|P\d{4})$/.test(code);
  return {
    type: error.name,
    code,
    constraint: 'constraint' in error ? error.constraint : undefined,
    message: fromDatabase ? undefined : error.message.slice(0, 500),
    stack: error.stack?.split('\n').slice(1, 9).join('\n'),
    cause: error.cause ? describeError(error.cause) : undefined,
  };
}
