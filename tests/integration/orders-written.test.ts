import { beforeAll, describe, expect, it } from 'vitest';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { subscribeHere } from '@/server/platform/notify';
import { rowsPastGuards, withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, oneOf, rowsOf } from './till-fixture';

withDatabase();

type Parts = Parameters<typeof cartOf>[0];
let cashier: StaffActor;
let manager: StaffActor;
let shift: string;
const ids: Record<string, string> = {};
beforeAll(async () => {
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
  ({ actor: manager, shiftId: shift } = await makeCashier('T2', 'Q1', 'branch-manager'));
  await rowsOf(`INSERT INTO customer (code, name, active) VALUES ('GONE', 'Công ty đã nghỉ', false)`);
  await rowsOf(`INSERT INTO doctor (code, name, active) VALUES ('D9', 'BS. Nghỉ', false)`);
  for (const { key, id } of await rowsOf<{ key: string; id: string }>(
    `SELECT code AS key, id FROM customer UNION ALL SELECT code, id FROM doctor UNION ALL SELECT code, id FROM service
     UNION ALL SELECT 'branch ' || code, id FROM branch UNION ALL SELECT name_key, id FROM patient`,
  ))
    ids[key] = id;
});

const sell = async (parts: Parts = {}, actor = cashier) => createPaidOrder({ actor, cart: await cartOf(parts) });
const refusal = (parts: Parts, actor = cashier) =>
  sell(parts, actor).then(
    () => null,
    ({ kind, code, params }: { kind: string; code: string; params: object }) => [kind, code, params],
  );
const service = (code: string, discountPercent = '0') => ({ code, discountPercent });
const card = (amount: bigint) => ({ method: 'card' as const, amount });
const patient = (name: string, dob: string, sex: string, phone: string) =>
  oneOf<{ id: string }>(
    `INSERT INTO patient (code, full_name, name_key, dob, sex, phone) VALUES (patient_code(), $1, search_key($1), ${dob}, $2, $3) RETURNING id`,
    [name, sex, phone],
  ).then(({ id }) => id);

const orderOf = (id: string) =>
  oneOf<Record<string, unknown>>(
    `SELECT branch_id AS branch, patient_id AS patient, customer_id AS customer, doctor_id AS doctor, tier, source, shift_id AS shift, terms, state,
       settled_at = ordered_at AS settled, ordered_at = created_at AS now, currency, list_total::int AS list, discount_total::int AS discount,
       net_total::int AS net, note, created_by AS by, external_ref AS ref, upload_id AS upload, client_key AS key FROM orders WHERE id = $1`,
    [id],
  );
const linesOf = (id: string) =>
  rowsOf(
    `SELECT l.position, s.code, l.list_price::int AS list, trim_scale(l.discount_percent)::text AS percent, l.discount::int, l.net::int, c.code AS card
     FROM order_line l JOIN service s ON s.id = l.service_id JOIN rate_card_item i ON i.id = l.rate_card_item_id
     JOIN rate_card_version v ON v.id = i.version_id JOIN rate_card c ON c.id = v.rate_card_id WHERE l.order_id = $1 ORDER BY l.position`,
    [id],
  );

describe('a sale', () => {
  it('is written with all that was asked for, and every part of its answer is what was written', async () => {
    const notified: string[] = [];
    const stop = subscribeHere('outbox', () => notified.push('outbox'));
    const cart = await cartOf({
      ...{ shiftId: shift, customerId: ids.VIPCO ?? null, doctorId: ids.D1 ?? null, note: '  sợ kim ' },
      ...{ patientId: ids['le van nam'] ?? '', expectedNet: 239_374n, payments: [card(239_374n)] },
      services: [service('CXR', '50'), service('GLU', '12.5'), service('CBC')],
    });
    const sold = await createPaidOrder({ actor: manager, cart });
    stop();
    expect(notified).toEqual(['outbox']);
    const { orderId, number, orderedAt, ...figures } = sold;
    const { day, at } = await oneOf<{ day: string; at: Date }>(
      `SELECT to_char(business_day(ordered_at), 'YYMMDD') AS day, ordered_at AS at FROM orders WHERE id = $1`,
      [orderId],
    );
    expect([number, orderedAt]).toEqual([`Q1-${day}-0001`, at]);
    // 200.001 at 50 % gives back 100.000,5, rounded up; 45.000 at 12,5 % gives back 5.625.
    expect(figures).toEqual({
      ...{ currency: 'VND', terms: 'immediate', listTotal: 345_000n, discountTotal: 105_626n, netTotal: 239_374n },
      ...{ paid: 239_374n, rounding: 0n, change: 0n, due: 0n, settled: true, replayed: false },
    });
    expect(await orderOf(orderId)).toEqual({
      ...{ branch: manager.branchId, patient: ids['le van nam'], customer: ids.VIPCO, doctor: ids.D1, tier: 'vip1' },
      ...{ source: 'pos', shift, terms: 'immediate', state: 'open', settled: true, now: true, currency: 'VND' },
      ...{ list: 345_000, discount: 105_626, net: 239_374, note: 'sợ kim', by: manager.id },
      ...{ ref: null, upload: null, key: cart.clientKey },
    });
    expect(await linesOf(orderId)).toEqual([
      { position: 1, code: 'CXR', list: 200_001, percent: '50', discount: 100_001, net: 100_000, card: 'BASE' },
      { position: 2, code: 'GLU', list: 45_000, percent: '12.5', discount: 5_625, net: 39_375, card: 'BASE' },
      { position: 3, code: 'CBC', list: 99_999, percent: '0', discount: 0, net: 99_999, card: 'VIP' },
    ]);
    const audit = await rowsOf(
      `SELECT actor_kind AS kind, actor_id AS by, action, entity, branch_id AS branch, correlation_id AS correlation, detail
       FROM audit_entry WHERE entity_id = $1`,
      [orderId],
    );
    expect(audit).toEqual([
      {
        ...{ kind: 'user', by: manager.id, action: 'order.created', entity: 'order', branch: manager.branchId },
        correlation: manager.correlationId,
        detail: { net: '239374', lines: 3, payments: 1, terms: 'immediate' },
      },
    ]);
    const events = await rowsOf(`SELECT name, data FROM outbox_event WHERE data ->> 'orderId' = $1 ORDER BY id`, [
      orderId,
    ]);
    expect(events).toEqual([
      { name: 'order/created', data: { orderId } },
      { name: 'pos-order/paid', data: { orderId } },
    ]);
  });

  it('of who pays at the counter has no customer, no note, and the standard tier; unpaid it is not settled', async () => {
    const sold = await sell({
      note: '  ',
      unpaid: true,
      payments: [{ method: 'cash', amount: 100_000n, tendered: 200_000n }],
    });
    expect(await orderOf(sold.orderId)).toMatchObject({
      ...{
        customer: null,
        doctor: null,
        tier: 'standard',
        note: null,
        settled: null,
        net: 120_333,
        terms: 'immediate',
      },
    });
    expect(sold).toMatchObject({ paid: 100_000n, change: 100_000n, due: 20_333n, settled: false });
    const names = await rowsOf(`SELECT name FROM outbox_event WHERE data ->> 'orderId' = $1`, [sold.orderId]);
    expect(names).toEqual([{ name: 'order/created' }]);
  });

  it('that is billed is settled and owes nothing, whatever it comes to', async () => {
    const sold = await sell({ customerId: ids.PLAIN ?? null, terms: 'account', payments: [] });
    expect(sold).toMatchObject({ terms: 'account', netTotal: 120_333n, paid: 0n, due: 0n, settled: true });
    expect(await orderOf(sold.orderId)).toMatchObject({ tier: 'standard', terms: 'account', settled: true });
  });
});

describe('a sale that comes again', () => {
  it('answers what was paid meanwhile as well, and is the same sale though its payments are in another order', async () => {
    const payments = [card(100_000n), { method: 'cash' as const, amount: 20_000n, tendered: 50_000n }];
    const cart = await cartOf({ unpaid: true, payments, services: [service('CBC', '0.25')] });
    const first = await createPaidOrder({ actor: cashier, cart });
    expect(first).toMatchObject({ netTotal: 120_032n, paid: 120_000n, change: 30_000n, due: 32n, replayed: false });
    await rowsPastGuards(
      `INSERT INTO payment (order_id, method, amount, rounding, tendered, paid_at) VALUES ($1, 'cash', 32, -32, 500, now() + interval '1 hour')`,
      [first.orderId],
    );
    const again = await createPaidOrder({ actor: cashier, cart: { ...cart, payments: cart.payments.toReversed() } });
    expect(again).toEqual({ ...first, paid: 120_032n, rounding: -32n, change: 30_500n, due: 0n, replayed: true });
  });

  it('is another where anything is: its terms, its branch, its customer, its total, its lines’ order', async () => {
    const cart = await cartOf({ services: [service('CBC'), service('GLU')], payments: [card(165_333n)] });
    await createPaidOrder({ actor: cashier, cart });
    const other = ['conflict', 'duplicate_client_key', {}];
    for (const change of [
      { terms: 'account' as const, customerId: ids.PLAIN ?? null },
      { customerId: ids.PLAIN ?? null },
      { expectedNet: 165_334n },
      { services: cart.services.toReversed() },
      { services: [service('CBC', '1'), service('GLU')] },
      { payments: [card(165_332n)] },
    ])
      expect(await refusal({ ...cart, ...change })).toEqual(other);
    expect(await refusal(cart, { ...cashier, branchId: ids['branch HN'] ?? '' })).toEqual(other);
    expect(await refusal({ ...cart, expectedNet: 165_333n })).toBeNull();
  });

  it('under a new key is refused where one of its payments had its own key', async () => {
    const clientKey = crypto.randomUUID();
    const payments = [{ ...card(120_333n), clientKey }];
    expect(await refusal({ payments })).toBeNull();
    expect(await refusal({ payments })).toEqual(['conflict', 'duplicate_client_key', {}]);
  });
});

describe('a cart as a program may send it', () => {
  const raw = async (parts: object) => {
    const { clientKey, patientId } = await cartOf();
    const cart = { clientKey, patientId, terms: 'immediate', services: [{ code: 'CBC' }], ...parts };
    return createPaidOrder({ actor: manager, cart: cart as never });
  };

  it('gives no discount, has no payments and is to be paid whole, where it does not say otherwise', async () => {
    const billed = { clientKey: crypto.randomUUID(), terms: 'account', customerId: ids.PLAIN };
    const sold = await raw(billed);
    expect(sold).toMatchObject({ netTotal: 120_333n, discountTotal: 0n, replayed: false });
    expect(await raw(billed)).toEqual({ ...sold, replayed: true });
    await expect(raw({})).rejects.toMatchObject({ code: 'payments_miss_total' });
  });

  it.each([
    ['100.001', 'bad_discount'],
    ['-0.001', 'bad_discount'],
    ['0.00049', null],
  ])('with a discount of %s: %s', async (discountPercent, code) => {
    const asked = raw({
      services: [{ code: 'PAP', discountPercent }],
      payments: [{ method: 'card', amount: '375333' }],
    });
    if (code) await expect(asked).rejects.toMatchObject({ kind: 'invalid', code, params: { code: 'PAP' } });
    else expect(await asked).toMatchObject({ netTotal: 375_333n, discountTotal: 0n });
  });
});

describe('a cart is refused', () => {
  it.each<[string, Parts, object]>([
    ['unknown_customer', { customerId: '0198c0de-0000-7000-8000-000000000000' }, {}],
    ['total_changed', { expectedNet: 120_332n }, { total: '120333', expected: '120332' }],
    ['no_price', { services: [service('CBC'), service('NOPRICE')] }, { code: 'NOPRICE' }],
    ['service_in_cart_twice', { services: [service('GLU'), service('CBC'), service('GLU')] }, { code: 'GLU' }],
    ['empty_cart', { services: [] }, {}],
    ['account_needs_customer', { terms: 'account', payments: [] }, {}],
  ])('for %s', async (code, parts, params) => {
    const kind = code === 'total_changed' ? 'conflict' : 'invalid';
    expect(await refusal(parts)).toEqual([kind, code, params]);
  });

  it('for people who are no more', async () => {
    expect(await refusal({ customerId: ids.GONE ?? null })).toEqual(['invalid', 'unknown_customer', {}]);
    expect(await refusal({ doctorId: ids.D9 ?? null })).toEqual(['invalid', 'unknown_doctor', {}]);
  });

  it('over the discount that a cashier may give, which is the organisation’s; a branch manager gives any', async () => {
    const at = (percent: string, net: bigint, actor = cashier) =>
      refusal({ services: [service('GLU', percent)], payments: net === 0n ? [] : [card(net)] }, actor);
    const over = (limit: string) => ['forbidden', 'discount_over_limit', { code: 'GLU', limit }];
    expect(await at('10', 40_500n)).toBeNull();
    expect(await at('10.001', 40_500n)).toEqual(over('10'));
    expect(await at('100', 0n, manager)).toBeNull();
    await rowsOf('UPDATE organisation SET cashier_discount_limit = 12.5');
    expect(await at('12.5', 39_375n)).toBeNull();
    expect(await at('12.501', 39_375n)).toEqual(over('12.5'));
    expect(await at('12.501', 39_375n, { ...cashier, role: 'finance' })).toEqual(over('12.5'));
  });

  it('for services that are not for the patient, by the ages on the day, both ends included', async () => {
    const pap = async (dob: string, sex = 'female') => {
      const patientId = await patient('Bệnh Nhân', dob, sex, '+84912000222');
      return refusal({ patientId, services: [service('PAP')], payments: [card(375_333n)] });
    };
    const years = (n: number, days = 0) => `(business_day(now()) - interval '${n} years')::date + ${days}`;
    expect(await pap(years(21))).toBeNull();
    expect(await pap(years(21, 1))).toEqual(['invalid', 'age_out_of_range', { code: 'PAP' }]);
    expect(await pap(years(66, 1))).toBeNull();
    expect(await pap(years(66))).toEqual(['invalid', 'age_out_of_range', { code: 'PAP' }]);
    expect(await pap(years(30), 'male')).toEqual(['invalid', 'sex_mismatch', { code: 'PAP' }]);
  });
});

describe('a price', () => {
  it('of the standard tier is that of who pays at the counter', async () => {
    await rowsOf(`
      INSERT INTO rate_card (code, scope, tier) VALUES ('STD', 'tier', 'standard');
      INSERT INTO rate_card_version (rate_card_id, valid_from) SELECT id, business_day(now()) FROM rate_card WHERE code = 'STD';
      INSERT INTO rate_card_item (version_id, service_id, price) SELECT v.id, s.id, 190000 FROM rate_card_version v, service s WHERE v.state = 'draft' AND s.code = 'CXR';
      UPDATE rate_card_version SET state = 'published', published_at = now() WHERE state = 'draft'`);
    const sold = await sell({ services: [service('CXR')], payments: [card(190_000n)] });
    expect(await linesOf(sold.orderId)).toMatchObject([{ list: 190_000, card: 'STD' }]);
  });

  it('of two cards of one scope that begin on one day is that of the one published last', async () => {
    await rowsOf(`
      INSERT INTO rate_card (code, scope) VALUES ('NEWER', 'all'), ('OLDER', 'all');
      INSERT INTO rate_card_version (rate_card_id, valid_from) SELECT id, business_day(now()) - 1 FROM rate_card WHERE code = 'NEWER';
      INSERT INTO rate_card_version (rate_card_id, valid_from) SELECT id, business_day(now()) - 1 FROM rate_card WHERE code = 'OLDER';
      INSERT INTO rate_card_item (version_id, service_id, price) SELECT v.id, s.id, CASE c.code WHEN 'NEWER' THEN 41000 ELSE 42000 END
        FROM rate_card_version v JOIN rate_card c ON c.id = v.rate_card_id JOIN service s ON s.code = 'GLU' WHERE c.code LIKE '%ER';
      UPDATE rate_card_version v SET state = 'published', published_at = now() - CASE c.code WHEN 'NEWER' THEN interval '0' ELSE interval '1 hour' END
        FROM rate_card c WHERE c.id = v.rate_card_id AND c.code LIKE '%ER'`);
    const sold = await sell({ services: [service('GLU')], payments: [card(41_000n)] });
    expect(await linesOf(sold.orderId)).toMatchObject([{ list: 41_000, card: 'NEWER' }]);
  });
});

it('a number has the branch, the day and at least four figures', async () => {
  const { a, b, c } = await oneOf<Record<'a' | 'b' | 'c', string>>(
    `SELECT order_number('Q1', '2026-01-02', 7) AS a, order_number('HN', '2026-12-31', 9999) AS b, order_number('HN', '2026-12-31', 123456) AS c`,
  );
  expect([a, b, c]).toEqual(['Q1-260102-0007', 'HN-261231-9999', 'HN-261231-123456']);
});

it('where nothing is said of the organisation, a cashier gives ten percent at most', async () => {
  await rowsPastGuards('DELETE FROM organisation');
  const of = (percent: string, net: bigint) => refusal({ services: [service('CBC', percent)], payments: [card(net)] });
  expect(await of('10', 108_300n)).toBeNull();
  expect(await of('10.001', 108_299n)).toEqual(['forbidden', 'discount_over_limit', { code: 'CBC', limit: '10' }]);
});
