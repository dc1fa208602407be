import { defineFunction } from '@/inngest/define-function';
import { posOrderPaid } from '@/inngest/events/sales/orders';
import { effectKey } from '@/server/domain/effect-keys';

/**
 * What paid orders of the till still need: their place in the books, and word to the patients. Each once, many at once. The
 * receipt is rendered when it is first requested.
 */
export const posOrderFunction = defineFunction({
  id: 'pos-order',
  replaces: 'consumer-pos-order',
  triggers: [posOrderPaid],
  retries: 10,
  concurrency: { limit: 2 },
  batchEvents: { maxSize: 100, timeout: '1s' },
  subject: ({ orderId }) => ({ kind: 'order', id: orderId }),
  effects: ({ orderId }) => [
    { kind: 'ledger', key: effectKey.orderRevenue(orderId) },
    { kind: 'notice', key: effectKey.orderNotification(orderId) },
  ],
  handler: () => import('./pos-order.handler'),
});
