import { type ErrorKind, type ErrorParams, PortalError } from '../errors';

/** SQLSTATE of `refuse()`: what a person can put right. The message is the code, the detail its parameters as JSON. */
const REFUSED = 'SP400';

type Known = {
  /** What a code is, where it is not `invalid`. */
  kinds: Record<string, ErrorKind>;
  /** Codes whose sentence belongs to another place already. */
  renamed?: Record<string, string>;
};

/** A refusal of the database's own functions, or a client key that is in use, as a `PortalError`; anything else as it came. */
export function asRefusal(error: unknown, { kinds, renamed = {} }: Known): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if ('constraint' in error && String(error.constraint).includes('client_key')) {
    return new PortalError('conflict', 'duplicate_client_key', { cause: error });
  }
  if (error.code !== REFUSED) return error;
  const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : '{}';
  return new PortalError(kinds[error.message] ?? 'invalid', renamed[error.message] ?? error.message, {
    params: JSON.parse(detail) as ErrorParams,
  });
}
