import type { Catalog } from '../catalog/catalog';
import { Refusal } from '../protocol/events';
import { newId } from '../protocol/ids';
import { isObject } from '../protocol/json';
import type { Database } from '../store/database';
import type { EventIntake } from './event-routes';
import { parseJson, type Reply, type Route } from './exchange';

export interface StatusRoutesOptions {
  db: Database;
  catalog: Catalog;
  intake: EventIntake;
  /** What stands still in this process, in words. */
  trouble: () => string | undefined;
}

function unwell(reason: 'database' | 'stuck', error: string): Reply {
  return { status: 503, body: { status: 503, reason, error } };
}

/**
 * The truth about this process: 200 when it works, 503 with a reason when it does not. `database`: that is away or has no connection
 * left, and the engine goes on by itself when it is back. `stuck`: starting it again is the only help.
 */
async function health({ db, trouble }: Pick<StatusRoutesOptions, 'db' | 'trouble'>): Promise<Reply> {
  const stuck = trouble();
  if (stuck) return unwell('stuck', stuck);
  try {
    await db.reserve.query('SELECT 1');
    return { status: 200, body: { status: 200, message: 'OK' } };
  } catch {
    return unwell('database', 'the database cannot be reached');
  }
}

export function statusRoutes({ db, catalog, intake, trouble }: StatusRoutesOptions): Route[] {
  const dev: Route['handle'] = () => {
    const functions = catalog
      .all()
      .map((fn) => ({ id: fn.id, slug: fn.slug, name: fn.config.name, url: fn.url, config: fn.config }));
    return { status: 200, body: { version: 'embedded', authed: true, functions, handlers: [] } };
  };
  const invoke: Route['handle'] = async ({ params, body }) => {
    const fn = catalog.find(params.slug ?? '');
    if (!fn) throw new Refusal(404, `could not find function with ID: ${params.slug}`);
    const sent = parseJson(body);
    const data = isObject(sent) && isObject(sent.data) ? sent.data : {};
    const id = newId();
    const payload = {
      id,
      name: 'inngest/function.invoked',
      data: { ...data, _inngest: { fn_id: fn.slug } },
      user: {},
      ts: Date.now(),
    };
    await intake.accept([{ id, payload, functionId: fn.id }]);
    return { status: 200, body: { id, status: 200 } };
  };
  return [
    { method: 'GET', path: '/health', refuses: () => null, handle: () => health({ db, trouble }) },
    { method: 'GET', path: '/dev', handle: dev },
    { method: 'POST', path: '/invoke/:slug', handle: invoke },
  ];
}
