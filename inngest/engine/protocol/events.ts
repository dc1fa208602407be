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

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkName(name: unknown): string {
  if (typeof name !== 'string' || name === '') throw new Refusal(400, 'event name is empty');
  if (name.length > MAX_NAME_LENGTH) throw new Refusal(400, `event name is longer than ${MAX_NAME_LENGTH} characters`);
  if (name.includes('\0')) throw new Refusal(400, 'event name has a NUL character');
  if (name.startsWith('inngest/')) throw new Refusal(400, `event name is reserved for internal use: ${name}`);
  return name;
}

function checkEvent(item: unknown, now: number): IncomingEvent {
  if (!isObject(item)) throw new Refusal(400, 'event is not an object');
  const name = checkName(item.name);
  const data = item.data ?? {};
  if (!isObject(data)) throw new Refusal(400, 'event data is not an object');
  if (JSON.stringify(item).length > MAX_EVENT_BYTES)
    throw new Refusal(413, `event is larger than ${MAX_EVENT_BYTES} bytes`);
  if (item.ts !== undefined && item.ts !== null && !Number.isSafeInteger(item.ts)) {
    throw new Refusal(400, 'event ts is not a number of milliseconds');
  }
  const givenId = typeof item.id === 'string' && item.id !== '' ? item.id.replaceAll('\0', '') : undefined;
  const rest: IncomingEvent['rest'] = {};
  for (const key of ['user', 'v', 'meta'] as const) if (item[key] !== undefined) rest[key] = item[key];
  return { givenId, name, data, ts: typeof item.ts === 'number' && item.ts > 0 ? item.ts : now, rest };
}

/** The events of one request body, a single object or an array. Throws a Refusal. */
export function parseEvents(body: string, now = Date.now()): IncomingEvent[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new Refusal(400, 'Unable to process event payload: invalid JSON');
  }
  const items = Array.isArray(value) ? value : [value];
  if (items.length > MAX_EVENTS) throw new Refusal(400, `more than ${MAX_EVENTS} events in one request`);
  return items.map((item) => checkEvent(item, now));
}

export function payloadOf(event: IncomingEvent, internalId: string): EventPayload {
  return { id: event.givenId ?? internalId, name: event.name, data: event.data, ts: event.ts, ...event.rest };
}
