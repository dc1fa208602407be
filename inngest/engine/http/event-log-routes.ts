import { Refusal } from '../protocol/events';
import { isUlid } from '../protocol/ids';
import type { Database } from '../store/database';
import { answered, type Reply, type Route } from './exchange';

const USUAL = 20;
const MOST = 100;

interface EventRow {
  id: string;
  received_at: Date;
  payload: Record<string, unknown>;
}

const shown = ({ id, received_at, payload }: EventRow) => ({ ...payload, internal_id: id, received_at });

function momentIn(query: URLSearchParams, name: string): Date | null {
  const text = query.get(name);
  if (!text) return null;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new Refusal(400, `Invalid ${name} query parameter`);
  return at;
}

/**
 * One statement for each form of the question, so that each goes along an index: `events_newest` or, of one name, `events_named`.
 * $1: events at most, then the name, the earliest and the latest arrival and the last event that was seen, as far as asked for.
 */
export function eventsStatement(asked: { name: boolean; after: boolean; before: boolean; cursor: boolean }): string {
  let count = 1;
  const next = () => `$${++count}`;
  const conditions = [
    ...(asked.name ? [`e.name = ${next()}`] : []),
    ...(asked.after ? [`e.received_at >= ${next()}`] : []),
    // The cursor lies before that, unless it is of another question: it is what the index is entered by.
    ...(asked.before ? [`e.received_at${asked.cursor ? " + interval '0'" : ''} < ${next()}`] : []),
    ...(asked.cursor
      ? [`(e.received_at, e.id) < (SELECT c.received_at, c.id FROM events c WHERE c.id = ${next()})`]
      : []),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')} ` : '';
  return `SELECT e.id, e.received_at, e.payload FROM events e ${where}ORDER BY e.received_at DESC, e.id DESC LIMIT $1`;
}

/** The newest events first; `cursor` is the internal id of the last one seen. */
async function list(db: Database, query: URLSearchParams): Promise<Reply> {
  const cursor = query.get('cursor') || null;
  if (cursor && !isUlid(cursor)) throw new Refusal(400, 'Invalid cursor query parameter');
  const limit = Math.min(MOST, Math.max(1, Math.trunc(Number(query.get('limit'))) || USUAL));
  const name = query.get('name') || null;
  const after = momentIn(query, 'received_after');
  const before = momentIn(query, 'received_before');
  const given = [name, after, before, cursor];
  const statement = eventsStatement({
    name: name !== null,
    after: after !== null,
    before: before !== null,
    cursor: cursor !== null,
  });
  const rows = await db.query<EventRow>(statement, [limit, ...given.filter((value) => value !== null)]);
  return answered(rows.map(shown));
}

async function byId(db: Database, id: string): Promise<Reply> {
  if (!isUlid(id)) throw new Refusal(400, `Invalid event ID: ${id}`);
  const rows = await db.query<EventRow>('SELECT id, received_at, payload FROM events WHERE id = $1', [id]);
  if (!rows[0]) throw new Refusal(404, 'Event not found');
  return answered(shown(rows[0]));
}

/** Events that were received, in the shapes of the official server. */
export function eventLogRoutes({ db }: { db: Database }): Route[] {
  return [
    { method: 'GET', path: '/v1/events', handle: ({ query }) => list(db, query) },
    { method: 'GET', path: '/v1/events/:id', handle: ({ params }) => byId(db, params.id ?? '') },
  ];
}
