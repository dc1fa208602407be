import { defineFunction } from '@/inngest/define-function';
import { posOrderPaid } from '@/inngest/events/orders';
import { makeReceipt } from '@/server/modules/orders/use-cases/make-receipt';
import { reportUnprepared } from '@/server/modules/orders/use-cases/report-unprepared';
import { requestOrderNotice } from '@/server/modules/orders/use-cases/request-order-notice';
import { postOrderRevenue } from '@/server/modules/revenue/use-cases/post-order-revenue';

/** What a paid order of the till still needs: its receipt, its place in the books, and word to the patient. Each once. */
export const posOrderFunction = defineFunction(
  {
    id: 'pos-order',
    replaces: 'consumer-pos-order',
    on: [posOrderPaid],
    retries: 10,
    // Receipts are drawn beside the sales themselves: a rush queues here, and the till draws at once what it prints.
    concurrency: { limit: 2 },
    idempotency: 'event.data.orderId',
    about: ({ orderId }) => ({ kind: 'order', id: orderId }),
    effects: ({ orderId }) => [
      { kind: 'ledger', key: `revenue-order:${orderId}` },
      { kind: 'pdf', key: `document:${orderId}:receipt:vi` },
      { kind: 'notice', key: `notice:order-paid:${orderId}` },
    ],
    whenFailed: ({ orderId }, code, actor) => reportUnprepared({ actor, orderId, failure: code }),
  },
  async ({ data, actor, step }) => {
    if (!data) return;
    const { orderId } = data;
    await step.run('revenue', () => postOrderRevenue({ actor, orderId }));
    await step.run('receipt', () => makeReceipt({ actor, orderId, language: 'vi' }));
    await step.run('notice', () => requestOrderNotice({ actor, orderId }));
  },
);
