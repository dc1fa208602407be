import pg from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { rowsOf, withDatabase } from '../integration/database';
import { cartOf, makeCashier, makeFixture, oneOf } from '../integration/till-fixture';

withDatabase();

let adds: pg.Client;
let ends: pg.Client;
beforeAll(makeFixture);
beforeEach(async () => {
  const connectionString = process.env.DATABASE_URL ?? '';
  [adds, ends] = [new pg.Client({ connectionString }), new pg.Client({ connectionString })];
  await Promise.all([adds.connect(), ends.connect()]);
});
afterEach(() => Promise.all([adds.end(), ends.end()]));

/** What becomes of a statement: done, refused by a guard, or held up by another connection. */
async function fate(client: pg.Client, statement: string): Promise<{ now: string; then: Promise<string> }> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  let ended: string | undefined;
  const then = client.query(statement).then(
    () => 'done',
    (error: pg.DatabaseError) => (error.code === '23001' ? 'refused' : String(error.message)),
  );
  void then.then((how) => {
    ended = how;
  });
  for (;;) {
    const [held] = await rowsOf<{ waits: boolean }>('SELECT cardinality(pg_blocking_pids($1)) > 0 AS waits', [
      rows[0]?.pid,
    ]);
    if (ended) return { now: ended, then };
    if (held?.waits) return { now: 'waits', then };
  }
}

type Pair = { adds: string; ends: string };
const CLOSE = `UPDATE shift SET state = 'closed', closed_at = now(), denominations = '{}', counted_cash = 0, expected_cash = 0`;

const SEAL = (statement: string) =>
  `INSERT INTO statement_snapshot (statement_id, content, content_hash) VALUES ('${statement}', '{}', '${statement}');
   UPDATE statement SET state = 'approved', content_hash = '${statement}', approved_at = now() WHERE id = '${statement}'`;

let turn = 0;
async function draftWithAdjustment(): Promise<{ statement: string; adjustment: string }> {
  turn += 1;
  const month = `20${10 + turn}-01`;
  const { id: doctor } = await oneOf<{ id: string }>(
    `INSERT INTO doctor (code, name) VALUES ('W${turn}', 'BS. Chờ') RETURNING id`,
  );
  const { id: statement } = await oneOf<{ id: string }>(
    `WITH p AS (INSERT INTO statement_period (month, starts_at, ends_at) VALUES ('${month}', '${month}-01', '${month}-28') RETURNING id)
     INSERT INTO statement (period_id, doctor_id, version) SELECT id, '${doctor}', 1 FROM p RETURNING id`,
  );
  const { id: adjustment } = await oneOf<{ id: string }>(
    `INSERT INTO adjustment (doctor_id, amount, reason, state) VALUES ('${doctor}', 1000, 'x', 'approved') RETURNING id`,
  );
  return { statement, adjustment };
}

/** What may be added until something ends, with what ends it, in plain SQL. */
const PAIRS: Record<string, () => Promise<Pair>> = {
  'a payment and the close of its shift': async () => {
    turn += 1;
    const { actor, shiftId } = await makeCashier(`T${turn}`);
    const { orderId } = await createPaidOrder({ actor, cart: await cartOf() });
    return {
      adds: `INSERT INTO payment (order_id, shift_id, method, amount) VALUES ('${orderId}', '${shiftId}', 'card', 1)`,
      ends: `${CLOSE} WHERE id = '${shiftId}'`,
    };
  },
  'a movement of the drawer and the close of its shift': async () => {
    turn += 1;
    const { shiftId } = await makeCashier(`T${turn}`);
    return {
      adds: `INSERT INTO drawer_entry (shift_id, movement_id, kind, account, amount)
        SELECT '${shiftId}', m.id, 'cash-out', a, n FROM (SELECT uuidv7() AS id) m CROSS JOIN (VALUES ('drawer', -1), ('safe', 1)) v (a, n)`,
      ends: `${CLOSE} WHERE id = '${shiftId}'`,
    };
  },
  'an adjustment and the seal of its statement': async () => {
    const { statement, adjustment } = await draftWithAdjustment();
    return {
      adds: `UPDATE adjustment SET statement_id = '${statement}' WHERE id = '${adjustment}'`,
      ends: SEAL(statement),
    };
  },
  'an adjustment that leaves and the seal of its statement': async () => {
    const { statement, adjustment } = await draftWithAdjustment();
    await rowsOf(`UPDATE adjustment SET statement_id = '${statement}' WHERE id = '${adjustment}'`);
    return { adds: `UPDATE adjustment SET statement_id = NULL WHERE id = '${adjustment}'`, ends: SEAL(statement) };
  },
  'a price and the publication of its version': async () => {
    turn += 1;
    const { id } = await oneOf<{ id: string }>(
      `WITH c AS (INSERT INTO rate_card (code, scope) VALUES ('WAIT${turn}', 'all') RETURNING id)
       INSERT INTO rate_card_version (rate_card_id, valid_from) SELECT id, '2030-01-01' FROM c RETURNING id`,
    );
    return {
      adds: `INSERT INTO rate_card_item (version_id, service_id, price) SELECT '${id}', id, 1 FROM service WHERE code = 'CBC'`,
      ends: `UPDATE rate_card_version SET state = 'published', published_at = now() WHERE id = '${id}'`,
    };
  },
};

describe('what is added and not committed, and what ends it, do not pass each other', () => {
  it.each(Object.keys(PAIRS))('%s: the end waits for it', async (name) => {
    const pair = await PAIRS[name]?.();
    await adds.query(`BEGIN; ${pair?.adds}`);
    await ends.query('BEGIN');
    const end = await fate(ends, pair?.ends ?? '');
    expect(end.now).toBe('waits');
    await adds.query('COMMIT');
    expect(await end.then).toBe('done');
    await ends.query('COMMIT');
  });

  it.each(Object.keys(PAIRS))('%s: behind an end that is not committed it waits, and is refused', async (name) => {
    const pair = await PAIRS[name]?.();
    await ends.query(`BEGIN; ${pair?.ends}`);
    const added = await fate(adds, pair?.adds ?? '');
    expect(added.now).toBe('waits');
    await ends.query('COMMIT');
    expect(await added.then).toBe('refused');
  });
});

describe('lines of one order that two transactions write', () => {
  const ORDER = `INSERT INTO orders (number, branch_id, patient_id, source, terms, ordered_at, list_total, discount_total, net_total)
    SELECT 'TWICE-' || gen_random_uuid(), branch_id, patient_id, 'pos', 'immediate', now(), $1, 0, $1 FROM orders LIMIT 1 RETURNING id`;
  const line = (order: string, position: number, price: number) =>
    `INSERT INTO order_line (order_id, position, service_id, rate_card_item_id, list_price, discount_percent, discount, net)
     SELECT '${order}', ${position}, service_id, id, ${price}, 0, 0, ${price} FROM rate_card_item LIMIT 1`;

  beforeAll(async () => {
    turn += 1;
    const { actor } = await makeCashier(`T${turn}`);
    await createPaidOrder({ actor, cart: await cartOf() });
  });
  const bareOrder = async (price: number) => (await oneOf<{ id: string }>(ORDER, [price])).id;

  it.each([0, 5_000])('come into it once, at %d đ: the second waits for the first, and is refused', async (price) => {
    const order = await bareOrder(price);
    await adds.query(`BEGIN; ${line(order, 1, price)}`);
    const second = await fate(ends, line(order, 2, price));
    expect(second.now).toBe('waits');
    await adds.query('COMMIT');
    expect(await second.then).toBe('refused');
  });

  it('are refused where the second sees the order as it was before', async () => {
    const order = await bareOrder(5_000);
    await ends.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await ends.query('SELECT count(*) FROM order_line');
    await adds.query(line(order, 1, 5_000));
    expect(await (await fate(ends, line(order, 2, 5_000))).then).toBe('refused');
  });
});
