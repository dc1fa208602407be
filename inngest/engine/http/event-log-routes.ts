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

/** The newest events first; `cursor` is the internal id of the last one seen. */
async function list(db: Database, query: URLSearchParams): Promise<Reply> {
  const cursor = query.get('cursor');
  if (cursor && !isUlid(cursor)) throw new Refusal(400, 'Invalid cursor query parameter');
  const limit = Math.min(MOST, Math.max(1, Math.trunc(Number(query.get('limit'))) || USUAL));
  const rows = await db.query<EventRow>(
    `SELECT id, received_at, payload FROM events
     WHERE ($1::text IS NULL OR id < $1) AND ($2::text IS NULL OR name = $2)
       AND ($3::timestamptz IS NULL OR received_at >= $3) AND ($4::timestamptz IS NULL OR received_at < $4)
     ORDER BY id DESC LIMIT $5`,
    [cursor, query.get('name') || null, momentIn(query, 'received_after'), momentIn(query, 'received_before'), limit],
  );
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
