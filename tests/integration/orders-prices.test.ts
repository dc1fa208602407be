import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { cartTotals, lineAmounts } from '@/server/modules/sales/orders/rules';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { quoteCart, sellableServices } from '@/server/modules/sales/till/queries/selling';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, oneOf, rowsOf } from './till-fixture';

withDatabase();

type Item = {
  code: string;
  scope: string;
  branch: string | null;
  tier: string | null;
  customer: string | null;
  from: string;
  to: string | null;
  price: string;
  version: string;
};
type Party = { branch: string; customer: string | null; tier: string };

const RANK = ['customer', 'tier', 'branch', 'all'];
const DAYS = ['2030-01-01', '2030-01-10', '2030-01-20', '2030-02-01'];
let items: Item[] = [];
let manager: StaffActor;

/** The second, simple calculation of a price: every published item that fits, the most specific scope, the latest start. */
function simplePrice(code: string, party: Party, day: string): string | null {
  const fitting = items.filter(
    (item) =>
      item.code === code &&
      item.from <= day &&
      (item.to === null || day < item.to) &&
      (item.scope === 'all' ||
        (item.scope === 'branch' && item.branch === party.branch) ||
        (item.scope === 'tier' && item.tier === party.tier) ||
        (item.scope === 'customer' && item.customer === party.customer)),
  );
  fitting.sort(
    (a, b) =>
      RANK.indexOf(a.scope) - RANK.indexOf(b.scope) || (`${a.from}${a.version}` < `${b.from}${b.version}` ? 1 : -1),
  );
  return fitting[0]?.price ?? null;
}

// Cards of every scope with random validity and prices, so that scopes and dates overlap in every way.
const CARDS = `
  INSERT INTO rate_card (code, scope, branch_id, tier, customer_id)
    SELECT 'R-' || s.scope || '-' || n, s.scope, CASE s.scope WHEN 'branch' THEN b.id END, CASE s.scope WHEN 'tier' THEN c.tier END, CASE s.scope WHEN 'customer' THEN c.id END
    FROM (VALUES ('all'), ('branch'), ('tier'), ('customer')) s (scope), generate_series(1, 3) n, branch b, customer c
    WHERE b.code = CASE n WHEN 1 THEN 'HN' ELSE 'Q1' END AND c.code = CASE n WHEN 3 THEN 'PLAIN' ELSE 'VIPCO' END;
  INSERT INTO rate_card_version (rate_card_id, valid_from, valid_to)
    SELECT id, date '2030-01-01' + n * 10 + floor(random() * 5)::int, CASE WHEN n < 2 THEN date '2030-01-06' + n * 10 + floor(random() * 5)::int END
    FROM rate_card, generate_series(0, 2) n WHERE code LIKE 'R-%';
  INSERT INTO rate_card_item (version_id, service_id, price)
    SELECT v.id, s.id, 1000 + floor(random() * 900000)::int FROM rate_card_version v JOIN rate_card c ON c.id = v.rate_card_id, service s
    WHERE c.code LIKE 'R-%' AND s.code <> 'NOPRICE' AND random() < 0.6;
  UPDATE rate_card_version SET state = 'published', published_at = now() WHERE state = 'draft';
  UPDATE organisation SET cashier_discount_limit = 10;`;

beforeAll(async () => {
  await makeFixture();
  await rowsOf(CARDS);
  manager = (await makeCashier('T1', 'Q1', 'branch-manager')).actor;
  items = await rowsOf<Item>(`
    SELECT s.code, c.scope, b.code AS branch, c.tier, k.code AS customer, v.valid_from::text AS from, v.valid_to::text AS to, i.price::text, v.id AS version
    FROM rate_card_item i JOIN rate_card_version v ON v.id = i.version_id JOIN rate_card c ON c.id = v.rate_card_id JOIN service s ON s.id = i.service_id
    LEFT JOIN branch b ON b.id = c.branch_id LEFT JOIN customer k ON k.id = c.customer_id WHERE v.state = 'published'`);
});

it('price_cart finds the price that a simple calculation finds, and rounds the discount as it does', async () => {
  const codes = ['CBC', 'GLU', 'PAP', 'CXR', 'PACK', 'NOPRICE'];
  const parties: Party[] = [
    { branch: 'Q1', customer: null, tier: 'standard' },
    { branch: 'HN', customer: null, tier: 'standard' },
    { branch: 'Q1', customer: 'VIPCO', tier: 'vip1' },
    { branch: 'HN', customer: 'PLAIN', tier: 'standard' },
  ];
  const percent = fc
    .integer({ min: 0, max: 100_000 })
    .map((thousandths) => (thousandths / 1000).toFixed(3).replace(/\.?0+$/, ''));
  const day = fc
    .constantFrom(...DAYS, '2030-01-05', '2030-01-14', '2029-12-31')
    .chain((base) =>
      fc.integer({ min: 0, max: 3 }).map((n) => new Date(Date.parse(base) + n * 86_400_000).toISOString().slice(0, 10)),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...parties),
      day,
      fc.array(percent, { minLength: 6, maxLength: 6 }),
      async (party, on, percents) => {
        const services = codes.map((code, index) => ({ code, discountPercent: percents[index] ?? '0' }));
        const lines = await rowsOf<{
          code: string;
          list: string | null;
          discount: string | null;
          net: string | null;
          problem: string | null;
        }>(
          `SELECT code, list_price::text AS list, discount::text, net::text, problem FROM price_cart($1::jsonb,
          (SELECT id FROM branch WHERE code = $2), (SELECT id FROM customer WHERE code = $3), null, $4::date)`,
          [JSON.stringify(services), party.branch, party.customer, on],
        );
        for (const [index, line] of lines.entries()) {
          const price = simplePrice(line.code, party, on);
          expect({ code: line.code, on, list: line.list }).toEqual({ code: line.code, on, list: price });
          if (price === null) expect(line.problem).toBe('no_price');
          else
            expect(lineAmounts(BigInt(price), percents[index] ?? '0')).toEqual({
              discount: BigInt(line.discount ?? 0),
              net: BigInt(line.net ?? 0),
            });
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('what the till shows, what the quote says and what is sold are one figure with one reason', async () => {
  const sellable = await sellableServices({ actor: manager });
  const services = ['CBC', 'GLU', 'PAP', 'PACK'].map((code) => ({ code, discountPercent: '12.5' }));
  const quote = await quoteCart({ actor: manager, cart: { services, patientId: null, customerId: null } });
  for (const line of quote) {
    const shown = sellable.find((service) => service.code === line.code);
    expect(shown).toMatchObject({ price: line.listPrice, reason: line.reason });
  }
  const totals = cartTotals(quote);
  const cart = await cartOf({ services, payments: [{ method: 'card', amount: totals.net }], expectedNet: totals.net });
  const sold = await createPaidOrder({ actor: manager, cart });
  expect(sold).toMatchObject({ listTotal: totals.list, discountTotal: totals.discount, netTotal: totals.net });
  const order = await oneOf<{ sum: string }>(`SELECT sum(net)::text FROM order_line WHERE order_id = $1`, [
    sold.orderId,
  ]);
  expect(BigInt(order.sum)).toBe(totals.net);
});

it('a quote says what is wrong in place, and what a package holds already', async () => {
  const services = ['CBC', 'CBC', 'PACK', 'NONE', 'NOPRICE', 'OLD'].map((code) => ({ code, discountPercent: '0' }));
  const quote = await quoteCart({ actor: manager, cart: { services, patientId: null, customerId: null } });
  expect(quote.map((line) => [line.code, line.problem, line.includedIn])).toEqual([
    ['CBC', null, 'PACK'],
    ['CBC', 'duplicate_service', 'PACK'],
    ['PACK', null, null],
    ['NONE', 'unknown_service', null],
    ['NOPRICE', 'no_price', null],
    ['OLD', 'inactive_service', null],
  ]);
});
