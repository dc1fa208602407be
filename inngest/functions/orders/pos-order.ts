import { defineFunction } from '@/inngest/define-function';
import { posOrderPaid } from '@/inngest/events/orders';
import { reportUnprepared } from '@/server/modules/orders/use-cases/report-unprepared';
import { requestOrderNotices } from '@/server/modules/orders/use-cases/request-order-notices';
import { postOrderRevenue } from '@/server/modules/revenue/use-cases/post-order-revenue';

/**
 * What paid orders of the till still need: their place in the books, and word to the patients. Each once, many at once. The
 * receipt is drawn when somebody first wants it.
 */
export const posOrderFunction = defineFunction(
  {
    id: 'pos-order',
    replaces: 'consumer-pos-order',
    on: [posOrderPaid],
    retries: 10,
    concurrency: { limit: 2 },
    batchEvents: { maxSize: 100, timeout: '1s' },
    about: ({ orderId }) => ({ kind: 'order', id: orderId }),
    effects: ({ orderId }) => [
      { kind: 'ledger', key: `revenue-order:${orderId}` },
      { kind: 'notice', key: `notice:order-paid:${orderId}` },
    ],
    whenFailed: ({ orderId }, code, actor) => reportUnprepared({ actor, orderId, failure: code }),
  },
  async ({ batch, actor, step }) => {
    const orderIds = batch.map(({ orderId }) => orderId);
    await step.run('revenue', () => postOrderRevenue({ actor, orderIds }));
    await step.run('notice', () => requestOrderNotices({ actor, orderIds }));
  },
);
