import { beforeAll, expect, it } from 'vitest';
import { postOrderRevenue } from '@/server/modules/core/revenue/public/post-order-revenue';
import { postRefundRevenue } from '@/server/modules/core/revenue/public/post-refund-revenue';
import { givingBackOf } from '@/server/modules/sales/giving-back/queries';
import { moneyBack, proposedPayments } from '@/server/modules/sales/giving-back/rules';
import { takeBalanceInput } from '@/server/modules/sales/payments/schema';
import { takeBalance } from '@/server/modules/sales/payments/use-cases/take-balance';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { codeOf, gapsOf, give, sell } from './giving-back-fixture';
import { makeCashier, makeFixture, oneOf, rowsOf } from './till-fixture';

withDatabase();

const SEQUENCES = 300;
const PRICES = { CBC: 120_333n, GLU: 45_000n, PAP: 375_333n, CXR: 200_001n, PACK: 299_999n } as const;
const RATE = 12.5;

let tills: { actor: StaffActor; shiftId: string }[];
let doctorId: string;
beforeAll(async () => {
  await makeFixture();
  await rowsOf('UPDATE organisation SET refund_limit = 100000000, cashier_discount_limit = 100');
  tills = [await makeCashier('T1'), await makeCashier('T2'), await makeCashier('T3')];
  const { id: plan } = await oneOf<{ id: string }>(`INSERT INTO commission_plan (code) VALUES ('P') RETURNING id`);
  await rowsOf(
    `INSERT INTO commission_rule (plan_id, category, kind, value, band_from, valid_from) VALUES ($1, '*', 'percent', $2, 0, '2020-01-01')`,
    [plan, RATE],
  );
  ({ id: doctorId } = await oneOf<{ id: string }>(`UPDATE doctor SET plan_id = $1 WHERE code = 'D1' RETURNING id`, [
    plan,
  ]));
});

/** The same numbers at every run. */
function random(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
type Dice = ReturnType<typeof random>;

const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice(from.length)] as T;
/** Half away from zero, once. */
const half = (amount: bigint, percent: bigint, of: bigint) => (2n * amount * percent + of) / (2n * of);

/** What the second, simple calculation knows of an order. */
type Book = {
  id: string;
  lines: { net: bigint; list: bigint; given: bigint }[];
  settled: boolean;
  voided: boolean;
  money: bigint;
};

async function sale(dice: Dice): Promise<Book> {
  const codes = (Object.keys(PRICES) as (keyof typeof PRICES)[]).filter(() => dice(3) === 0);
  const chosen = codes.length > 0 ? codes : (['CBC'] as const);
  const lines = chosen.map((code) => {
    const percent = pick(dice, ['0', '0', '7', '33', '100']);
    const list = PRICES[code];
    return { code, percent, list, net: list - half(list, BigInt(percent), 100n) };
  });
  const net = lines.reduce((sum, line) => sum + line.net, 0n);
  const onAccount = dice(6) === 0;
  const unpaid = !onAccount && net > 1_000n && dice(3) === 0;
  const paid = unpaid ? net / 3n + 1n : net;
  const byCard = dice(2) === 0 ? 0n : BigInt(dice(Number(paid)));
  const payments = unpaid
    ? [{ method: 'card' as const, amount: paid }]
    : [
        { method: 'card' as const, amount: byCard },
        { method: 'cash' as const, amount: paid - byCard },
      ].filter(({ amount }) => amount > 0n);
  const { id: customerId } = await oneOf<{ id: string }>(`SELECT id FROM customer WHERE code = 'PLAIN'`);
  const sold = await sell(pick(dice, tills).actor, {
    services: lines.map(({ code, percent }) => ({ code, discountPercent: percent })),
    ...(onAccount ? { terms: 'account', customerId, payments: [] } : { payments, unpaid }),
    doctorId,
  });
  return {
    id: sold.orderId,
    lines: lines.map((line) => ({ net: line.net, list: line.list, given: 0n })),
    settled: !unpaid,
    voided: false,
    money: onAccount ? 0n : paid,
  };
}

async function giveSome(dice: Dice, book: Book): Promise<void> {
  const { actor } = pick(dice, tills);
  const standing = await givingBackOf({ actor, asked: { orderId: book.id } });
  const isVoid = dice(6) === 0 && standing.noVoid === null && standing.ownSale;
  const chosen = standing.lines.filter((line) => isVoid || (line.open && dice(2) === 0));
  const lines = chosen.map(({ position, left }) => ({
    position,
    amount: isVoid || dice(3) === 0 || left === 0n ? left : BigInt(1 + dice(Number(left))),
  }));
  const total = lines.reduce((sum, { amount }) => sum + amount, 0n);
  const payments = proposedPayments(standing, moneyBack(standing, total));
  const answer = await codeOf(
    give(actor, book.id, { kind: isVoid ? 'void' : 'refund', lines: isVoid ? [] : lines, payments }),
  );
  if (standing.forbidden) return expect(answer).not.toBeNull();
  if (chosen.length === 0) return expect(answer).toBe('nothing_to_give_back');
  expect(answer).toBeNull();
  for (const { position, amount } of lines) {
    const line = book.lines[position - 1];
    if (line) line.given += amount;
  }
  book.money -= payments.reduce((sum, { amount }) => sum + amount, 0n);
  book.voided = isVoid;
  const left = book.lines.reduce((sum, line) => sum + line.net - line.given, 0n);
  if (!isVoid && book.money >= left) book.settled = true;
  // Never more than there is, whatever is asked for.
  const over = book.lines.map((line, at) => ({ position: at + 1, amount: line.net - line.given + 1n }));
  expect(await codeOf(give(actor, book.id, { lines: over.slice(0, 1), payments }))).not.toBeNull();
}

/** A further part of what is owed, or the rest, at any till. */
async function payMore(dice: Dice, book: Book): Promise<void> {
  const left = book.lines.reduce((sum, line) => sum + line.net - line.given, 0n);
  const due = left - book.money;
  if (book.settled || book.voided || due <= 0n) return;
  const part = due > 2_000n && dice(2) === 0;
  const amount = part ? due / 2n : due;
  const payments = [{ method: part || dice(2) === 0 ? ('card' as const) : ('cash' as const), amount }];
  const asked = { clientKey: crypto.randomUUID(), orderId: book.id, part, expectedDue: due, payments };
  const taken = await takeBalance({ actor: pick(dice, tills).actor, balance: takeBalanceInput.parse(asked) });
  expect([taken.paid, taken.due]).toEqual([amount, due - amount]);
  book.money += amount;
  book.settled = amount === due;
}

it(`${SEQUENCES} sequences of sales, deposits, refunds and voids keep every sum, and the books and commissions of a simple calculation`, async () => {
  const books: Book[] = [];
  for (let at = 0; at < SEQUENCES; at += 10) {
    await Promise.all(
      Array.from({ length: 10 }, async (_, place) => {
        const dice = random(at + place + 1);
        const book = await sale(dice);
        books.push(book);
        for (let times = dice(5); times > 0; times -= 1) await (dice(3) === 0 ? payMore : giveSome)(dice, book);
      }),
    );
  }
  for (const { shiftId } of tills) expect(await gapsOf(shiftId)).toEqual([]);

  const given = await rowsOf<{ id: string; given: string; money: string; state: string; settled: boolean }>(
    `SELECT o.id, o.state, o.settled_at IS NOT NULL AS settled,
       (SELECT coalesce(-sum(l.net), 0)::text FROM refund r JOIN refund_line l ON l.refund_id = r.id WHERE r.order_id = o.id) AS given,
       (SELECT coalesce(sum(y.amount), 0)::text FROM payment y WHERE y.order_id = o.id) AS money FROM orders o ORDER BY o.id`,
  );
  const expected = books.map((book) => ({
    id: book.id,
    state: book.voided ? 'voided' : 'open',
    settled: book.settled,
    given: String(book.lines.reduce((sum, line) => sum + line.given, 0n)),
    money: String(book.money),
  }));
  expect(given).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
  expect(await rowsOf('SELECT movement_id FROM drawer_entry GROUP BY 1 HAVING sum(amount) <> 0')).toEqual([]);
  expect(await rowsOf(`SELECT order_id FROM payment GROUP BY 1, method HAVING sum(amount) < 0`)).toEqual([]);

  const system = systemActor('books');
  const orderIds = books.map(({ id }) => id);
  await postOrderRevenue({ actor: system, orderIds });
  await postRefundRevenue({ actor: system, orderIds });
  expect(await rowsOf('SELECT posting_id FROM revenue_posting GROUP BY 1 HAVING sum(amount) <> 0')).toEqual([]);
  // List price, discount and receivable of what is left: the part that was given back of each line takes its part, rounded half up.
  const left = (book: Book, of: (line: Book['lines'][number]) => bigint) =>
    book.lines.reduce(
      (sum, line) => sum + of(line) - (line.net === 0n ? 0n : half(of(line), line.given, line.net)),
      0n,
    );
  const settled = books.filter(({ settled: is }) => is);
  const posted = await rowsOf<{ order: string; revenue: string; discounts: string }>(
    `SELECT order_id AS order, (-coalesce(sum(amount) FILTER (WHERE account LIKE 'revenue:%'), 0))::text AS revenue,
       coalesce(sum(amount) FILTER (WHERE account = 'discounts'), 0)::text AS discounts FROM revenue_posting GROUP BY 1`,
  );
  const zeroGiven = new Set(
    (
      await rowsOf<{ id: string }>(
        `SELECT DISTINCT i.order_id AS id FROM refund_line l JOIN order_line i ON i.id = l.order_line_id WHERE i.net = 0`,
      )
    ).map(({ id }) => id),
  );
  for (const book of settled.filter(({ id }) => !zeroGiven.has(id))) {
    const found = posted.find(({ order }) => order === book.id);
    const revenue = left(book, ({ list }) => list);
    const net = book.lines.reduce((sum, line) => sum + line.net - line.given, 0n);
    expect([found?.revenue, found?.discounts]).toEqual([String(revenue), String(revenue - net)]);
  }

  // Each line gives its commission, rounded once; a refund takes back its part, so that what is left is of what is left.
  const commissions = await rowsOf<{ order: string; commission: string }>(
    `SELECT order_id AS order, sum(commission)::text AS commission
     FROM commission_lines(date_trunc('month', now() AT TIME ZONE 'Asia/Ho_Chi_Minh') AT TIME ZONE 'Asia/Ho_Chi_Minh',
       (date_trunc('month', now() AT TIME ZONE 'Asia/Ho_Chi_Minh') + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh') GROUP BY 1`,
  );
  for (const book of settled.filter(({ voided }) => !voided)) {
    const earned = book.lines.reduce((sum, line) => {
      const gave = half(line.net, 125n, 1_000n);
      return sum + gave - (line.net === 0n ? 0n : half(gave, line.given, line.net));
    }, 0n);
    expect(commissions.find(({ order }) => order === book.id)?.commission).toBe(String(earned));
  }
  const other = new Set(books.filter(({ voided, settled: is }) => voided || !is).map(({ id }) => id));
  expect(commissions.filter(({ order }) => other.has(order))).toEqual([]);
});
