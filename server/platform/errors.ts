import type { CellProblem } from '@/server/domain/problems';
import { databaseFailure } from './database-failures';

/** What went wrong, in the few ways a caller can act on. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'limited'
  | 'unavailable'
  | 'internal';

export type ErrorParams = Record<string, string | number>;

/**
 * The one error that use cases throw. `code` is the key of the sentence for people (`errors.<code>` in the messages, with
 * `params`); `message` is for the log. Neither carries personal data. `retryable` lets background work retry.
 */
export class PortalError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly params: ErrorParams;
  readonly retryable: boolean;

  constructor(
    kind: ErrorKind,
    code: string,
    options: { message?: string; params?: ErrorParams; cause?: unknown } = {},
  ) {
    super(options.message ?? code, { cause: options.cause });
    this.name = 'PortalError';
    this.kind = kind;
    this.code = code;
    this.params = options.params ?? {};
    this.retryable = kind === 'unavailable' || kind === 'internal';
  }

  // Routes, background and adapters may come from bundles of their own, each with its copy of this class.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'PortalError' && 'kind' in value && 'code' in value;
  }
}

/**
 * Wrong cells of a sheet, of which nothing was written; `file` is its name where the entry point knows it. The sentence names the first
 * cell, `problems` are all of them.
 */
export class RowsRefused extends PortalError {
  readonly problems: CellProblem[];

  constructor(problems: CellProblem[], file = '') {
    const [first] = problems;
    super('invalid', 'bad_rows', {
      params: { file: file || 'none', cells: problems.length, row: first?.row ?? 0, column: first?.column ?? '' },
    });
    this.problems = problems;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof PortalError && 'problems' in value;
  }
}

export const notFound = (entity: string) =>
  new PortalError('not-found', 'not_found', { message: `${entity} not found` });

/** Any error as a `PortalError`; an unexpected error becomes `internal` and keeps its cause for the log. */
export function asPortalError(error: unknown): PortalError {
  if (error instanceof PortalError) return error;
  const failure = databaseFailure(error);
  if (failure) return new PortalError('unavailable', failure, { cause: error });
  if (isCollision(error)) return new PortalError('unavailable', 'changed_meanwhile', { cause: error });
  return new PortalError('internal', 'internal', { message: 'unexpected error', cause: error });
}

/** A unique key, an exclusion or a guard that somebody else's work made refuse ours. */
const COLLIDED = /^(23505|23P01|23001|P2002)$/;

/** Whether two did the same thing at once: who comes second, and no use case has a name for it, may try again. */
function isCollision(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code, meta } = at as {
      code?: unknown;
      meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
    };
    const known = [code, meta?.driverAdapterError?.cause?.originalCode];
    if (known.some((one) => typeof one === 'string' && COLLIDED.test(one))) return true;
  }
  return false;
}

const HTTP: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  limited: 429,
  unavailable: 503,
  internal: 500,
};

/** HTTP status of an error (RFC 9110). */
export const httpStatus = (error: PortalError): number => HTTP[error.kind];

const TRPC = {
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  limited: 'TOO_MANY_REQUESTS',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<ErrorKind, string>;

export const trpcCode = (error: PortalError) => TRPC[error.kind];
