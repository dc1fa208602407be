import type { Catalog, KnownFunction } from '../catalog/catalog';
import { carryOutCancellations } from '../flow/cancellations';
import { Refusal } from '../protocol/events';
import { syntaxProblem } from '../protocol/expressions';
import { isUlid, newId } from '../protocol/ids';
import { isObject } from '../protocol/json';
import type { Database } from '../store/database';
import { answered, parseJson, type Reply, type Route } from './exchange';

const CLOCK_SKEW_MS = 5_000;

interface CancellationRow {
  id: string;
  created_at: Date;
  app_id: string;
  function_internal_id: string;
  function_id: string;
  started_after: Date | null;
  started_before: Date;
  if: string | null;
}

const COLUMNS = `c.id, c.created_at, f.app_id, f.id AS function_internal_id, f.slug AS function_id, c.started_after, c.started_before,
  c.expression AS "if"`;

const shown = (row: CancellationRow) => ({ ...row, name: null, kind: 'bulk_run', cause: 'api' });

interface Asked {
  fn: KnownFunction;
  after: Date | null;
  before: Date;
  expression: string | null;
}

function moment(value: unknown, name: string): Date | null {
  if (value === undefined || value === null) return null;
  const at = new Date(String(value));
  if (Number.isNaN(at.getTime())) throw new Refusal(400, `${name} is not a time`);
  return at;
}

/** The function by its own id or by its whole slug, as either is found in code and on screens. */
function functionOf(catalog: Catalog, appId: string, functionId: string): KnownFunction {
  const fn = catalog.find(`${appId}-${functionId}`) ?? catalog.find(functionId);
  if (!fn) throw new Refusal(404, 'function not found');
  return fn;
}

function read(catalog: Catalog, body: unknown): Asked {
  if (!isObject(body)) throw new Refusal(400, 'Invalid cancellation request');
  for (const field of ['app_id', 'function_id', 'started_before'])
    if (typeof body[field] !== 'string' || body[field] === '') throw new Refusal(400, `${field} is required`);
  const before = moment(body.started_before, 'started_before') ?? new Date();
  const after = moment(body.started_after, 'started_after');
  if (before.getTime() > Date.now() + CLOCK_SKEW_MS) throw new Refusal(400, 'started_before must be in the past');
  if (after && after > before) throw new Refusal(400, 'started_after must be before started_before');
  const expression = typeof body.if === 'string' && body.if !== '' ? body.if : null;
  const problem = expression && syntaxProblem(expression);
  if (problem) throw new Refusal(400, `invalid expression: ${problem}`);
  return { fn: functionOf(catalog, String(body.app_id), String(body.function_id)), after, before, expression };
}

export interface CancellationRoutesOptions {
  db: Database;
  catalog: Catalog;
  onProgress: () => void;
}

/** Cancelling many runs of a function at once: those that started within a span and fulfil an expression. */
export function cancellationRoutes({ db, catalog, onProgress }: CancellationRoutesOptions): Route[] {
  const find = (id: string | null) =>
    db.query<CancellationRow>(
      `SELECT ${COLUMNS} FROM cancellations c JOIN functions f ON f.id = c.function_id WHERE $1::text IS NULL OR c.id = $1 ORDER BY c.id`,
      [id],
    );
  const create = async (body: string): Promise<Reply> => {
    const { fn, after, before, expression } = read(catalog, parseJson(body));
    const id = newId();
    await db.query(
      'INSERT INTO cancellations (id, function_id, started_after, started_before, expression) VALUES ($1, $2, $3, $4, $5)',
      [id, fn.id, after, before, expression],
    );
    if (await carryOutCancellations(db)) onProgress();
    const [row] = await find(id);
    return answered(row ? shown(row) : null);
  };
  const remove = async (id: string): Promise<Reply> => {
    if (!isUlid(id)) throw new Refusal(400, 'Invalid cancellation ID');
    const gone = await db.query('DELETE FROM cancellations WHERE id = $1 RETURNING id', [id]);
    if (gone.length === 0) throw new Refusal(404, 'Cancellation not found');
    return answered({ ok: true });
  };
  return [
    { method: 'POST', path: '/v1/cancellations', handle: ({ body }) => create(body) },
    { method: 'GET', path: '/v1/cancellations', handle: async () => answered((await find(null)).map(shown)) },
    { method: 'DELETE', path: '/v1/cancellations/:id', handle: ({ params }) => remove(params.id ?? '') },
  ];
}
