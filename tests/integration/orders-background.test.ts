import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handler as order } from '@/inngest/functions/sales/order.handler';
import { handler as paid } from '@/inngest/functions/sales/pos-order.handler';
import { lis } from '@/server/integrations/lis/port';
import { findEffectStates, impactOfRuns } from '@/server/modules/core/operations/queries';
import { postOrderRevenue } from '@/server/modules/core/revenue/public/post-order-revenue';
import { prepareOrders } from '@/server/modules/sales/orders/public/prepare-orders';
import { requestOrderNotifications } from '@/server/modules/sales/orders/public/request-order-notifications';
import { sendLisOrders } from '@/server/modules/sales/orders/public/send-lis-orders';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { rowsPastGuards, withDatabase } from './database';
import { cartOf, makeCashier, makeFixture, oneOf, rowsOf } from './till-fixture';

withDatabase();

const actor = systemActor('test');
let cashier: StaffActor;
beforeAll(async () => {
  await makeFixture();
  cashier = (await makeCashier('T1')).actor;
  // A package within a package, of which both hold GLU; a kit for home; and a count of the looks at higher lanes.
  await rowsOf(`
    INSERT INTO service (code, name_vi, name_en, kind, category) VALUES ('KIT', 'Bộ lấy mẫu', 'Kit', 'home-kit', 'home'), ('BIG', 'Gói lớn', 'Big', 'package', 'package'),
      ('ACE', 'Xét nghiệm A', 'A', 'test', 'cytology');
    INSERT INTO service_component (package_id, component_id, position) SELECT p.id, c.id, row_number() OVER () FROM service p, service c
      WHERE p.code = 'BIG' AND c.code IN ('PACK', 'GLU', 'KIT', 'ACE', 'PAP');
    INSERT INTO rate_card (code, scope) VALUES ('MORE', 'all');
    INSERT INTO rate_card_version (rate_card_id, valid_from) SELECT id, business_day(now()) - 50 FROM rate_card WHERE code = 'MORE';
    INSERT INTO rate_card_item (version_id, service_id, price) SELECT v.id, s.id, 1000 FROM rate_card_version v, service s WHERE v.state = 'draft' AND s.code IN ('BIG', 'KIT');
    UPDATE rate_card_version SET state = 'published', published_at = now() WHERE state = 'draft';
    CREATE SEQUENCE looks; GRANT ALL ON looks TO portal_app;
    CREATE OR REPLACE FUNCTION is_higher_lane_busy() RETURNS boolean LANGUAGE sql AS 'SELECT nextval(''looks'') < 0'`);
});

const sell = async (...codes: string[]): Promise<string> => {
  const prices: Record<string, bigint> = { CBC: 120_333n, CXR: 200_001n, BIG: 1_000n, KIT: 1_000n };
  const amount = codes.reduce((sum, code) => sum + (prices[code] ?? 0n), 0n);
  const services = codes.map((code) => ({ code, discountPercent: '0' }));
  const cart = await cartOf({ services, payments: [{ method: 'card', amount }] });
  return (await createPaidOrder({ actor: cashier, cart })).orderId;
};
const looks = async () =>
  (await oneOf<{ n: number }>(`SELECT CASE WHEN is_called THEN last_value ELSE 0 END::int AS n FROM looks`)).n;
const looksDuring = async (work: () => Promise<unknown>) => {
  const before = await looks();
  await work();
  return (await looks()) - before;
};
const trailOf = (id: string, but = 'order.created') =>
  rowsOf(
    `SELECT action, entity, actor_kind AS kind, actor_id AS by, detail FROM audit_entry WHERE entity_id = $1 AND action <> $2 ORDER BY at, id`,
    [id, but],
  );
const entry = (action: string, detail = {}) => ({ action, entity: 'order', kind: 'system', by: 'test', detail });
const accessionOf = async (id: string) =>
  (await oneOf<{ accession: string | null }>('SELECT accession FROM orders WHERE id = $1', [id])).accession;

/** A laboratory that takes every order, and remembers how many it took at once. */
function bindLaboratory({ failAt = 0 } = {}) {
  const seen = { taken: [] as string[], calls: 0, atOnce: 0, most: 0 };
  const local = lis();
  lis.bind({
    ...lis(),
    sendOrder: async ({ orderId }) => {
      seen.calls += 1;
      const call = seen.calls;
      seen.atOnce += 1;
      seen.most = Math.max(seen.most, seen.atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      seen.atOnce -= 1;
      if (call === failAt) throw new Error('gone');
      seen.taken.push(orderId);
      return { ref: `LIS-${orderId}` };
    },
  });
  return { seen, unbind: () => lis.bind(local) };
}

describe('the preparation of orders', () => {
  it('numbers those of a day from where the day stands, and marks the specimens of each by their kinds', async () => {
    const ids = [await sell('BIG'), await sell('CBC'), await sell('CXR'), await sell('KIT')];
    const [big = '', blood = '', scan = '', kit = ''] = ids;
    await rowsPastGuards(`UPDATE orders SET ordered_at = ordered_at - interval '1 day' WHERE id = $1`, [scan]);
    const days = await oneOf<{ today: string; before: string }>(
      `SELECT to_char(business_day(now()), 'YYMMDD') AS today, to_char(business_day(now()) - 1, 'YYMMDD') AS before`,
    );
    expect(await prepareOrders({ actor, orderIds: [blood, kit] })).toEqual({ accessions: 2, labels: 2 });
    expect(await prepareOrders({ actor, orderIds: ids })).toEqual({ accessions: 2, labels: 4 });
    expect(await prepareOrders({ actor, orderIds: ids })).toEqual({ accessions: 0, labels: 0 });
    expect(await prepareOrders({ actor, orderIds: [] })).toEqual({ accessions: 0, labels: 0 });
    expect(await Promise.all([blood, kit, big, scan].map(accessionOf))).toEqual([
      ...[`${days.today}000001`, `${days.today}000002`, `${days.today}000003`],
      `${days.before}000001`,
    ]);
    const fresh = await sell('CBC');
    const [direct] = await rowsOf('SELECT give_accessions($1) AS given, make_labels($2) AS made', [ids, [fresh]]);
    expect(direct).toEqual({ given: 0, made: 0 });
    const labels = await rowsOf(
      `SELECT barcode, category, position FROM specimen_label WHERE order_id = ANY ($1) ORDER BY barcode`,
      [[big, scan]],
    );
    expect(labels).toEqual(
      ['biochemistry', 'cytology', 'hematology', 'home'].map((category, at) => ({
        ...{ barcode: `${days.today}000003-0${at + 1}`, category, position: at + 1 },
      })),
    );
    for (const id of ids) expect(await trailOf(id)).toEqual([entry('order.prepared')]);
    const components = await rowsOf('SELECT code, kind, category, name_vi, name_en FROM order_components($1)', [big]);
    expect(components.map((one) => Object.values(one).join(' '))).toEqual([
      'GLU test biochemistry Đường huyết Glucose',
      'ACE test cytology Xét nghiệm A A',
      'PAP test cytology Phết tế bào cổ tử cung Pap smear',
      'CBC test hematology Tổng phân tích tế bào máu Complete blood count',
      'KIT home-kit home Bộ lấy mẫu Kit',
      'CXR imaging imaging X-quang ngực Chest X-ray',
    ]);
  });

  it('looks at higher lanes first, where it yields', async () => {
    const orderIds = [await sell('CBC')];
    expect(await looksDuring(() => prepareOrders({ actor, orderIds }))).toBe(0);
    expect(await looksDuring(() => prepareOrders({ actor, orderIds, yields: true }))).toBe(1);
  });
});

describe('the laboratory', () => {
  let orderIds: string[];
  beforeEach(async () => {
    orderIds = [];
    for (let n = 0; n < 25; n += 1) orderIds.push(await sell('CBC'));
    await prepareOrders({ actor, orderIds });
  });

  it('is sent eight orders at once, and higher lanes are looked at between every two dozen', async () => {
    const { seen, unbind } = bindLaboratory();
    expect(await looksDuring(() => sendLisOrders({ actor, orderIds, yields: true }))).toBe(2);
    unbind();
    expect(seen.most).toBe(8);
    expect(seen.taken.toSorted()).toEqual(orderIds.toSorted());
    const [first = ''] = orderIds;
    expect(await trailOf(first)).toEqual([entry('order.prepared'), entry('order.sent-to-lis')]);
    const receipt = await rowsOf('SELECT kind, ref FROM effect_receipt WHERE effect_key = $1', [`lis-order:${first}`]);
    expect(receipt).toEqual([{ kind: 'lis-order', ref: `LIS-${first}` }]);
    expect(await looksDuring(() => sendLisOrders({ actor, orderIds, yields: true }))).toBe(0);
  });

  it('that goes away gets no further orders, and has what it took', async () => {
    const { seen, unbind } = bindLaboratory({ failAt: 10 });
    expect(await looksDuring(() => expect(sendLisOrders({ actor, orderIds })).rejects.toThrow('gone'))).toBe(0);
    unbind();
    expect(seen.taken).toHaveLength(16);
    const { n } = await oneOf<{ n: number }>(`SELECT count(*)::int AS n FROM effect_receipt WHERE ref = ANY ($1)`, [
      orderIds.map((id) => `LIS-${id}`),
    ]);
    expect(n).toBe(seen.taken.length);
    expect(await sendLisOrders({ actor, orderIds })).toEqual({ sent: orderIds.length - n });
    expect(await sendLisOrders({ actor, orderIds })).toEqual({ sent: 0 });
  });
});

describe('the notification of a paid order', () => {
  it('is requested once for each, though the order is named twice', async () => {
    const ids = [await sell('CBC'), await sell('CXR')];
    await requestOrderNotifications({ actor, orderIds: [...ids, ...ids] });
    await requestOrderNotifications({ actor, orderIds: ids });
    await requestOrderNotifications({ actor, orderIds: [] });
    const events = await rowsOf(
      `SELECT data FROM outbox_event WHERE name = 'notification/requested' AND data ->> 'orderId' = ANY ($1) ORDER BY id`,
      [ids],
    );
    expect(events).toEqual(
      ids.map((orderId) => ({ data: { template: 'order-paid', orderId, dedupeKey: `order-paid:${orderId}` } })),
    );
    for (const id of ids) expect(await trailOf(id)).toEqual([entry('order.notice-requested')]);
  });
});

describe('the functions of orders', () => {
  /** Runs a function's steps at once, in their order, and answers their names and its result. */
  async function stepsOf(handler: typeof order | typeof paid, batch: object[]) {
    const names: string[] = [];
    const run = (name: string, work: () => unknown) => {
      names.push(name);
      return work();
    };
    const result = await handler.run({ data: batch[0], batch, actor, step: { run } } as never);
    return { names, result };
  }

  it('prepare orders and send them to the laboratory, and yield where none of them is of the till', async () => {
    const orderId = await sell('CBC');
    const [standard, till] = [
      { orderId, lane: 'standard' },
      { orderId: await sell('KIT'), lane: 'till' },
    ];
    let steps: Awaited<ReturnType<typeof stepsOf>> | undefined;
    const yielding = async (...batch: object[]) =>
      looksDuring(async () => {
        steps = await stepsOf(order, batch);
      });
    expect(await yielding(standard, till)).toBe(0);
    expect(steps).toEqual({ names: ['prepare', 'lis'], result: { sent: 2 } });
    expect((await trailOf(orderId)).map((one) => (one as { action: string }).action)).toEqual([
      ...['order.prepared', 'order.sent-to-lis'],
    ]);
    expect(await yielding({ ...till, lane: 'vip1' }, standard)).toBe(1);
    expect(steps?.result).toEqual({ sent: 0 });
  });

  it('book a paid order and request its notification', async () => {
    const orderId = await sell('CBC');
    expect(await stepsOf(paid, [{ orderId }])).toEqual({ names: ['revenue', 'notice'], result: undefined });
    expect(await postOrderRevenue({ actor, orderIds: [orderId] })).toEqual({ posted: 0 });
    expect(await trailOf(orderId)).toContainEqual(entry('order.notice-requested'));
  });

  it.each([
    ['order', order],
    ['pos-order', paid],
  ])('leave a trace on an order where they fail: %s', async (_, handler) => {
    const orderId = await sell('CBC');
    await handler.onFailure({ orderId } as never, 'lis_unavailable', actor);
    expect(await trailOf(orderId)).toEqual([entry('order.work-failed', { failure: 'lis_unavailable' })]);
  });
});

it('the console sees what became of an order’s effects, and whom a run about it concerns', async () => {
  const [blood, scan] = [await sell('CBC'), await sell('CXR')];
  const states = async () =>
    Object.fromEntries(
      (await findEffectStates([blood, scan].flatMap((id) => [`accession:${id}`, `lis-order:${id}`]))).map(
        ({ key, doneAt, ...state }) => [key, { ...state, done: state.done, at: doneAt !== null }],
      ),
    );
  const state = (applies: boolean, at: boolean) => ({ applies, possible: true, done: null, left: null, at });
  const open = { [`accession:${blood}`]: state(true, false), [`accession:${scan}`]: state(true, false) };
  const lab = (at: boolean) => ({
    [`lis-order:${blood}`]: state(true, at),
    [`lis-order:${scan}`]: state(false, false),
  });
  expect(await states()).toEqual({ ...open, ...lab(false) });
  await prepareOrders({ actor, orderIds: [blood] });
  await sendLisOrders({ actor, orderIds: [blood] });
  expect(await states()).toEqual({ ...open, [`accession:${blood}`]: state(true, true), ...lab(true) });
  const [subject] = await rowsOf(`SELECT * FROM subject WHERE kind = 'order' AND id = $1`, [blood]);
  const { number, branch } = await oneOf<{ number: string; branch: string }>(
    'SELECT number, branch_id AS branch FROM orders WHERE id = $1',
    [blood],
  );
  expect(subject).toEqual({
    ...{ kind: 'order', id: blood, label: number, reference: number, address: `/orders/${blood}`, branch_id: branch },
  });
  await rowsOf(
    `INSERT INTO background_run (run_id, function_id, state, state_at, ended_at, attempts, started_at, last_seen_at, subject_kind, subject_ids, event_ids, replay_of)
     VALUES ('R1', 'order', 'failed', now(), now(), 1, now(), now(), 'order', $1, '{}', '{}')`,
    [[blood, scan, blood]],
  );
  expect(await impactOfRuns(['R1'])).toEqual({ patients: 1, money: 320_334n });
});
