import { matches } from '../protocol/expressions';
import type { Database, Queryable } from '../store/database';

const SET_SIZE = 200;

interface OpenCancellation {
  id: string;
  function_id: string;
  started_after: Date | null;
  started_before: Date;
  expression: string | null;
  reached: string;
}

interface Candidate {
  id: string;
  event: unknown;
}

async function candidatesOf(tx: Queryable, order: OpenCancellation): Promise<Candidate[]> {
  return tx.query<Candidate>(
    `SELECT r.id, e.payload AS event FROM runs r LEFT JOIN events e ON e.id = r.event_id
     WHERE r.function_id = $1 AND r.ended_at IS NULL AND r.id > $2 AND r.created_at <= $3
       AND ($4::timestamptz IS NULL OR r.created_at >= $4) ORDER BY r.id LIMIT $5`,
    [order.function_id, order.reached, order.started_before, order.started_after, SET_SIZE],
  );
}

/** One set of runs of one cancellation, in one transaction; false when nothing is left to do. */
async function cancelSet(tx: Queryable, id: string): Promise<boolean> {
  const orders = await tx.query<OpenCancellation>(
    `SELECT id, function_id, started_after, started_before, expression, reached FROM cancellations
     WHERE id = $1 AND done_at IS NULL FOR UPDATE`,
    [id],
  );
  const order = orders[0];
  if (!order) return false;
  const found = await candidatesOf(tx, order);
  const wanted = found.filter(({ event }) => matches(order.expression, { event })).map(({ id }) => id);
  if (wanted.length > 0) {
    await tx.query(`SELECT finish_run(id, 'Cancelled', NULL) FROM unnest($1::text[]) AS id ORDER BY id`, [wanted]);
  }
  await tx.query('UPDATE cancellations SET reached = $2, done_at = CASE WHEN $3 THEN now() END WHERE id = $1', [
    order.id,
    found.at(-1)?.id ?? order.reached,
    found.length < SET_SIZE,
  ]);
  return true;
}

/** Carries out what was asked for through `/v1/cancellations`, in sets; what an engine leaves behind, the next one goes on with. */
export async function carryOutCancellations(db: Database): Promise<boolean> {
  const open = await db.query<{ id: string }>('SELECT id FROM cancellations WHERE done_at IS NULL ORDER BY id');
  for (const { id } of open) while (await db.transaction((tx) => cancelSet(tx, id)));
  return open.length > 0;
}
