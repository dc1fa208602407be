import { depthOf, isObject, parseJsonText } from './json';
import { metaOf } from './sessions';

/** An event as functions see it. `id` is the sender's when it gave one, else the internal ULID. */
export interface EventPayload {
  id: string;
  name: string;
  data: Record<string, unknown>;
  ts: number;
  user?: unknown;
  v?: unknown;
  meta?: unknown;
}

export interface IncomingEvent {
  /** The id the sender chose; the same one starts a function only once in 24 hours. */
  givenId?: string | undefined;
  name: string;
  data: Record<string, unknown>;
  ts: number;
  rest: { user?: unknown; v?: unknown; meta?: unknown };
}

/** A refusal with the HTTP status the sender gets. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const MAX_EVENTS = 5_000;
export const MAX_EVENT_BYTES = 512 * 1_024;
export const MAX_REQUEST_BYTES = 10 * 1_024 * 1_024;
const MAX_NAME_LENGTH = 512;
/** Deeper values could be parsed, but neither be stored nor be signed by every SDK. */
const MAX_DEPTH = 1_000;
const EARLIEST = Date.UTC(1980, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

function checkName(name: unknown): string {
  if (typeof name !== 'string' || name === '') throw new Refusal(400, 'event name is empty');
  if (name.length > MAX_NAME_LENGTH) throw new Refusal(400, `event name is longer than ${MAX_NAME_LENGTH} characters`);
  if (name.includes('\0')) throw new Refusal(400, 'event name has a NUL character');
  if (name.toLowerCase().startsWith('inngest/'))
    throw new Refusal(400, `event name is reserved for internal use: ${name}`);
  return name;
}

function checkSize(item: Record<string, unknown>): void {
  let text: string;
  try {
    text = JSON.stringify(item);
  } catch {
    throw new Refusal(400, `event is nested deeper than ${MAX_DEPTH} levels`);
  }
  if (Buffer.byteLength(text) > MAX_EVENT_BYTES)
    throw new Refusal(413, `event is larger than ${MAX_EVENT_BYTES} bytes`);
  if (text.length > MAX_DEPTH && depthOf(text) > MAX_DEPTH)
    throw new Refusal(400, `event is nested deeper than ${MAX_DEPTH} levels`);
}

function checkTime(ts: unknown, now: number): number {
  if (ts === undefined || ts === null || ts === 0) return now;
  if (typeof ts !== 'number' || !Number.isSafeInteger(ts))
    throw new Refusal(400, 'event ts is not a number of milliseconds');
  if (ts < EARLIEST) throw new Refusal(400, 'timestamp is before Jan 1, 1980');
  if (ts > LATEST) throw new Refusal(400, 'timestamp is after Jan 1, 2100');
  return ts;
}

function checkEvent(item: unknown, now: number): IncomingEvent {
  if (!isObject(item)) throw new Refusal(400, 'event is not an object');
  const name = checkName(item.name);
  if (!isObject(item.data ?? {})) throw new Refusal(400, 'event data is not an object');
  checkSize(item);
  // What the server itself writes there is not to be forged.
  const { _inngest, ...data } = (item.data ?? {}) as Record<string, unknown>;
  const givenId = typeof item.id === 'string' && item.id !== '' ? item.id.replaceAll('\0', '') : undefined;
  const rest: IncomingEvent['rest'] = {};
  for (const key of ['user', 'v', 'meta'] as const) if (item[key] !== undefined) rest[key] = item[key];
  return { givenId, name, data, ts: checkTime(item.ts, now), rest };
}

/** The events of one request body, a single object or an array. Throws a Refusal. */
export function parseEvents(body: string, now = Date.now()): IncomingEvent[] {
  let value: unknown;
  try {
    value = parseJsonText(body);
  } catch {
    throw new Refusal(400, 'Unable to process event payload: invalid JSON');
  }
  const items = Array.isArray(value) ? value : [value];
  if (items.length > MAX_EVENTS) throw new Refusal(400, `more than ${MAX_EVENTS} events in one request`);
  return items.map((item) => checkEvent(item, now));
}

export function payloadOf(event: IncomingEvent, internalId: string): EventPayload {
  const { user, v, meta } = event.rest;
  const seen = metaOf(meta);
  return {
    id: event.givenId ?? internalId,
    name: event.name,
    data: event.data,
    user: user ?? {},
    ts: event.ts,
    ...(v !== undefined && v !== '' ? { v } : {}),
    ...(seen ? { meta: seen } : {}),
  };
}
