import { defineFunction } from '@/inngest/define-function';
import { posOrderGivenBack, posOrderPaid } from '@/inngest/events/sales/orders';
import { effectKey } from '@/server/domain/effect-keys';

/**
 * What paid orders of the till still need: their place in the books, and word to the patients; and what was given back: out of the books
 * again, and word to the laboratory. Each once, many at once. The receipt is rendered when it is first requested.
 */
export const posOrderFunction = defineFunction({
  id: 'pos-order',
  replaces: 'consumer-pos-order',
  triggers: [posOrderPaid, posOrderGivenBack],
  retries: 10,
  concurrency: { limit: 2 },
  batchEvents: { maxSize: 100, timeout: '1s' },
  subject: ({ orderId }) => ({ kind: 'order', id: orderId }),
  effects: (data) =>
    'refundId' in data
      ? [
          { kind: 'ledger', key: effectKey.refundRevenue(data.refundId) },
          { kind: 'lis', key: effectKey.lisCancellation(data.refundId) },
        ]
      : [
          { kind: 'ledger', key: effectKey.orderRevenue(data.orderId) },
          { kind: 'notice', key: effectKey.orderNotification(data.orderId) },
        ],
  handler: () => import('./pos-order.handler'),
});
