import { brokenConstraint } from './db';
import { type ErrorKind, type ErrorParams, PortalError } from './errors';

/** SQLSTATE of `refuse()`: what a person can put right. The message is the code, the detail its parameters as JSON. */
const REFUSED = 'SP400';

/** What the database's own functions refuse is `invalid` but for these. */
const KINDS: Record<string, ErrorKind> = {
  not_found: 'not-found',
  no_open_shift: 'conflict',
  shift_changed: 'conflict',
  total_changed: 'conflict',
  duplicate_client_key: 'conflict',
  discount_over_limit: 'forbidden',
  approval_needed: 'forbidden',
  approval_waiting: 'conflict',
  approval_used: 'conflict',
};

// A code whose sentence belongs to another place already.
const RENAMED: Record<string, string> = { duplicate_service: 'service_in_cart_twice' };

/** A refusal of the database's own functions as a `PortalError`; anything else as it came. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (brokenConstraint(error)?.includes('client_key')) {
    return new PortalError('conflict', 'duplicate_client_key', { cause: error });
  }
  if (error.code !== REFUSED) return error;
  const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : '{}';
  return new PortalError(KINDS[error.message] ?? 'invalid', RENAMED[error.message] ?? error.message, {
    params: JSON.parse(detail) as ErrorParams,
  });
}
