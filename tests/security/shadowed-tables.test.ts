import { beforeAll, describe, expect, it } from 'vitest';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { closeShift } from '@/server/modules/sales/till/use-cases/close-shift';
import { ownerPool, rowsOf, withDatabase } from '../integration/database';
import { cartOf, makeCashier, makeFixture } from '../integration/till-fixture';

withDatabase();

let ids: { order: string; shift: string };

beforeAll(async () => {
  await makeFixture();
  const { actor, shiftId } = await makeCashier('T1');
  const { orderId } = await createPaidOrder({ actor, cart: await cartOf() });
  await closeShift({ actor, shiftId, denominations: {} });
  ids = { order: orderId, shift: shiftId };
});

/** What a guard would let through, did it read the caller's own table of that name. */
const SHADOWS: Record<string, { shadow: string; attempt: () => string }> = {
  'adds a payment to a closed shift': {
    shadow: `CREATE TEMP TABLE shift AS SELECT * FROM public.shift; UPDATE pg_temp.shift SET state = 'open'`,
    attempt: () =>
      `INSERT INTO public.payment (order_id, shift_id, method, amount) VALUES ('${ids.order}', '${ids.shift}', 'card', 1)`,
  },
  'writes lines that miss the total of their order': {
    shadow: `CREATE TEMP TABLE order_line (LIKE public.order_line);
      CREATE TEMP TABLE orders AS SELECT * FROM public.orders; DELETE FROM pg_temp.orders`,
    attempt: () =>
      `INSERT INTO public.order_line (order_id, position, service_id, rate_card_item_id, list_price, net)
       SELECT order_id, 9, service_id, rate_card_item_id, 5, 5 FROM public.order_line WHERE order_id = '${ids.order}'`,
  },
  'publishes prices in a version that is out': {
    shadow: `CREATE TEMP TABLE rate_card_version AS SELECT * FROM public.rate_card_version; UPDATE pg_temp.rate_card_version SET state = 'draft'`,
    attempt: () =>
      `INSERT INTO public.rate_card_item (version_id, service_id, price)
       SELECT version_id, (SELECT id FROM public.service WHERE code = 'NOPRICE'), 1 FROM public.rate_card_item LIMIT 1`,
  },
};

describe('whoever may make temporary tables, under the names of ours', () => {
  it.each(Object.keys(SHADOWS))('%s: is refused all the same', async (name) => {
    const { shadow, attempt } = SHADOWS[name] ?? { shadow: '', attempt: () => '' };
    const client = await ownerPool().connect();
    try {
      await client.query(`BEGIN; ${shadow}`);
      await expect(client.query(attempt())).rejects.toMatchObject({ code: '23001' });
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });

  it('meets guards that name the schema they read, each of them', async () => {
    const loose = await rowsOf<{ name: string }>(`
      SELECT DISTINCT p.proname AS name FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
      WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
        AND NOT coalesce(p.proconfig, '{}') @> ARRAY['search_path=public, pg_temp'] ORDER BY 1`);
    expect(loose.map(({ name }) => name)).toEqual([]);
  });
});
