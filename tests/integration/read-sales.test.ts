import { beforeAll } from 'vitest';
import * as after from '@/server/modules/sales/orders/queries/after-sale';
import * as orders from '@/server/modules/sales/orders/queries/orders';
import * as pricing from '@/server/modules/sales/pricing/queries';
import * as selling from '@/server/modules/sales/till/queries/selling';
import * as till from '@/server/modules/sales/till/queries/shifts';
import { systemActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { idOf, makeReadFixture, staff } from './read-fixture';
import { all, type Cases, cashier, describeReads, each, finance, idsOf, manager, pages, there } from './read-models';

withDatabase();
beforeAll(makeReadFixture);

const ORDERS: Cases = {
  'list of a cashier': () => pages((paging) => orders.listOrders({ actor: cashier, ...paging })),
  'list of everybody': () => pages((paging) => orders.listOrders({ actor: finance, ...paging })),
  'list from a day': () => idsOf(orders.listOrders({ actor: finance, from: '2026-10-02', ...all })),
  'list to a day': () => idsOf(orders.listOrders({ actor: finance, to: '2026-10-01', ...all })),
  'list of a branch': () => idsOf(orders.listOrders({ actor: finance, branch: 'HN', ...all })),
  'list of uploads': () => idsOf(orders.listOrders({ actor: finance, source: 'upload', ...all })),
  ...each(['voided', 'account', 'unpaid', 'part-paid', 'paid'] as const, 'list of …', (state) =>
    idsOf(orders.listOrders({ actor: finance, state, ...all })),
  ),
  ...each(['q1-261001', 'REF-6', '261001000001', 'dao 0912', '%', 'x'], 'list for …', (search) =>
    idsOf(orders.listOrders({ actor: finance, search, ...all })),
  ),
  'totals of everybody': () => orders.orderTotals({ actor: finance }),
  'totals of a cashier': () => orders.orderTotals({ actor: cashier }),
  'totals of what is voided': () => orders.orderTotals({ actor: finance, state: 'voided' }),
  'branches to filter': () => orders.branchesToFilter(finance),
  'branches to filter of a cashier': () => orders.branchesToFilter(there),
  ...each([1, 2, 3, 4, 5, 6], 'order …', (n) => orders.orderDetail({ actor: finance, id: idOf('order', n) })),
  'order of another branch': () => orders.orderDetail({ actor: there, id: idOf('order', 1) }),
  'order that is not there': () => orders.orderDetail({ actor: finance, id: idOf('order', 99) }),
  'newest receipt': () => orders.newestReceipt({ actor: cashier, orderId: idOf('order', 1), language: 'vi' }),
  'newest receipt in English': () =>
    orders.newestReceipt({ actor: cashier, orderId: idOf('order', 1), language: 'en' }),
  'newest receipt of none': () => orders.newestReceipt({ actor: cashier, orderId: idOf('order', 2), language: 'vi' }),
  'newest receipt of another branch': () =>
    orders.newestReceipt({ actor: there, orderId: idOf('order', 1), language: 'vi' }),
  ...each([1, 2, 4, 5], 'receipt of …', (n) => orders.receiptFacts(systemActor('x'), idOf('order', n))),
  'receipt of another branch': () => orders.receiptFacts(there, idOf('order', 1)),
  'for the laboratory': () => after.lisOrders([8, 4, 1, 2].map((n) => idOf('order', n))),
  notices: async () => [...(await after.orderNotifications([1, 2, 4, 5].map((n) => idOf('order', n))))].toSorted(),
  'notices of none': async () => [...(await after.orderNotifications([]))],
};

const TILL: Cases = {
  tills: () => till.tillsOfBranch(cashier),
  'tills there': () => till.tillsOfBranch(there),
  'current of a cashier': () => till.currentShift(cashier),
  'current of a manager': () => till.currentShift(manager),
  'current of nobody': () => till.currentShift(staff(2, 'cashier', 1)),
  'current at another branch': () => till.currentShift(staff(1, 'cashier', 2)),
  'shifts of a cashier': () => pages((paging) => till.listShifts({ actor: cashier, ...paging })),
  'shifts of a manager': () => pages((paging) => till.listShifts({ actor: manager, ...paging })),
  'shifts of everybody': () => pages((paging) => till.listShifts({ actor: finance, ...paging })),
  ...each([1, 2, 3], 'report of …', (n) => till.shiftReport({ actor: manager, shiftId: idOf('shift', n) })),
  'report of another cashier': () => till.shiftReport({ actor: staff(2, 'cashier', 1), shiftId: idOf('shift', 1) }),
  'report of another branch': () => till.shiftReport({ actor: there, shiftId: idOf('shift', 1) }),
  sellable: () => selling.sellableServices({ actor: cashier }),
  'sellable there': async () =>
    (await selling.sellableServices({ actor: there })).map(({ code, price, reason }) => ({ code, price, reason })),
  'sellable for a company': async () =>
    (await selling.sellableServices({ actor: cashier, customerId: idOf('customer', 1) })).map(({ code, price }) => ({
      code,
      price,
    })),
  quote: () =>
    selling.quoteCart({
      actor: cashier,
      cart: {
        patientId: idOf('patient', 2),
        customerId: null,
        services: ['PACK', 'CBC', 'PAP', 'NONE', 'OLD', 'WHAT'].map((code) => ({
          code,
          discountPercent: code === 'CBC' ? '12.5' : '0',
        })),
      } as never,
    }),
  payers: () => selling.findPayers({ search: 'cong ty an' }),
  'payers of any name': () => selling.findPayers({ search: '' }),
  referrers: () => selling.findReferrers({ search: 'bs' }),
};

const PRICING: Cases = {
  cards: () => pages((paging) => pricing.listRateCards({ actor: finance, ...paging })),
  'cards of a branch': () => pages((paging) => pricing.listRateCards({ actor: cashier, ...paging })),
  'cards in force on a day': () => idsOf(pricing.listRateCards({ actor: finance, on: '2020-06-01', ...all })),
  'cards as they stand on a day': () =>
    pages((paging) => pricing.listRateCards({ actor: finance, on: '2098-06-01', ...paging })),
  'cards of a tier': () => idsOf(pricing.listRateCards({ actor: finance, scope: 'tier', ...all })),
  ...each(['binh minh', 'ha noi', 'vip1', 'base q1', 'HN-C'], 'cards for …', (search) =>
    idsOf(pricing.listRateCards({ actor: finance, search, ...all })),
  ),
  ...each([1, 2, 5], 'card …', (n) => pricing.rateCardDetail({ actor: finance, id: idOf('card', n) })),
  'card of another branch': () => pricing.rateCardDetail({ actor: cashier, id: idOf('card', 2) }),
  ...each([1, 2, 3], 'items of …', (n) =>
    pages((paging) => pricing.listRateCardItems({ actor: finance, versionId: idOf('version', n), ...paging })),
  ),
  ...each(
    ['raised', 'lowered', 'added', 'dropped'] as const,
    'items that are …',
    async (change) =>
      (await pricing.listRateCardItems({ actor: finance, versionId: idOf('version', 2), change, ...all })).rows,
  ),
  'items for a word': async () =>
    (await pricing.listRateCardItems({ actor: finance, versionId: idOf('version', 2), search: 'duong', ...all })).rows,
  ...each([1, 2, 3, 7], 'changes of …', (n) => pricing.priceChanges({ actor: finance, versionId: idOf('version', n) })),
  'changes of another branch': () => pricing.priceChanges({ actor: cashier, versionId: idOf('version', 4) }),
};

describeReads('orders', ORDERS);
describeReads('till', TILL);
describeReads('pricing', PRICING);
