import { isObject, parseJsonText } from './json';

/** An error as it is memoized for a step and reported for a run. */
export interface UserError {
  name: string;
  message: string;
  stack?: string;
  cause?: unknown;
}

/** One operation of a 206 answer; only the keys that the engine reads. */
export interface Op {
  id: string;
  op: string;
  name: string;
  displayName: string;
  data: unknown;
  error: unknown;
  opts: Record<string, unknown>;
}

/** What the app answered to an execution request. */
export type Answer =
  | { kind: 'ops'; ops: Op[]; version: number; retryAfter?: string | undefined; noRetry: boolean }
  | { kind: 'completed'; output: unknown; version: number }
  | { kind: 'error'; error: UserError; retryable: boolean; retryAfter?: string | undefined };

export interface RawResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const MOST_TEXT = 2_000;

export function toUserError(value: unknown, fallback: string): UserError {
  if (!isObject(value)) return { name: 'Error', message: typeof value === 'string' ? value : fallback };
  const error: UserError = {
    name: typeof value.name === 'string' ? value.name : 'Error',
    message: typeof value.message === 'string' ? value.message : fallback,
  };
  if (typeof value.stack === 'string') error.stack = value.stack;
  if (value.cause !== undefined) error.cause = value.cause;
  return error;
}

function header(response: RawResponse, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function readOp(value: unknown): Op | undefined {
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.op !== 'string' || value.id === '')
    return undefined;
  const name = typeof value.name === 'string' ? value.name : '';
  return {
    id: value.id,
    op: value.op,
    name,
    displayName: typeof value.displayName === 'string' ? value.displayName : name,
    data: value.data,
    error: value.error,
    opts: isObject(value.opts) ? value.opts : {},
  };
}

/** The operations in a body: an array, or the single object of durable endpoints. Undefined when one is malformed. */
export function readOps(body: unknown): Op[] | undefined {
  const ops = (Array.isArray(body) ? body : [body]).map(readOp);
  return ops.every((op) => op !== undefined) ? ops : undefined;
}

function failure(message: string): Answer {
  return { kind: 'error', error: { name: 'Error', message }, retryable: true };
}

/** A streamed answer: blanks that keep the connection alive, then the real response as JSON. */
function unwrapStream(response: RawResponse): RawResponse {
  if (response.status !== 201) return response;
  const inner = parseJsonText(response.body.trim());
  if (!isObject(inner) || typeof inner.status !== 'number') throw new Error('no status in the streamed answer');
  const headers: RawResponse['headers'] = { ...response.headers };
  if (isObject(inner.headers))
    for (const [key, value] of Object.entries(inner.headers)) headers[key.toLowerCase()] = String(value);
  return {
    status: inner.status,
    headers,
    body: typeof inner.body === 'string' ? inner.body : JSON.stringify(inner.body),
  };
}

function readError(response: RawResponse): Answer {
  const fallback = `the app answered ${response.status}: ${response.body.slice(0, MOST_TEXT)}`;
  let body: unknown;
  try {
    body = parseJsonText(response.body);
  } catch {
    body = undefined;
  }
  const retryable = header(response, 'x-inngest-no-retry') !== 'true';
  return { kind: 'error', error: toUserError(body, fallback), retryable, retryAfter: header(response, 'retry-after') };
}

/** Reads a response; whatever cannot be understood becomes a retryable error. */
export function readAnswer(raw: RawResponse): Answer {
  try {
    const response = unwrapStream(raw);
    if (response.status < 200 || response.status >= 300) return readError(response);
    if (!header(response, 'x-inngest-sdk'))
      return failure('the app did not answer as an Inngest SDK; is the URL right?');
    const version = Number.parseInt(header(response, 'x-inngest-req-version') ?? '', 10) || -1;
    const body = response.body.trim() === '' ? null : parseJsonText(response.body);
    if (response.status !== 206) return { kind: 'completed', output: body, version };
    const ops = readOps(body);
    if (!ops) return failure('the app answered 206 with a malformed operation');
    const noRetry = header(response, 'x-inngest-no-retry') === 'true';
    return { kind: 'ops', ops, version, noRetry, retryAfter: header(response, 'retry-after') };
  } catch (error) {
    return failure(`the app's answer cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
