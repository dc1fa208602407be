import { defineFunction } from '@/inngest/define-function';
import { orderCreated } from '@/inngest/events/sales/orders';
import { effectKey } from '@/server/domain/effect-keys';

/**
 * Accession numbers, specimen labels and the message to the laboratory, for many orders at once: an upload makes thousands. Each
 * lane has a slot of its own, and what uploads leave to do yields while rows of a higher tier are being written: those are what
 * somebody waits for.
 */
export const orderFunction = defineFunction({
  id: 'order',
  replaces: 'consumer-order',
  triggers: [orderCreated],
  retries: 10,
  concurrency: { limit: 1, key: 'event.data.lane' },
  batchEvents: { maxSize: 100, timeout: '1s', key: 'event.data.lane' },
  subject: ({ orderId }) => ({ kind: 'order', id: orderId }),
  effects: ({ orderId }) => [
    { kind: 'numbers', key: effectKey.accession(orderId) },
    { kind: 'lis', key: effectKey.lisOrder(orderId) },
  ],
  handler: () => import('./order.handler'),
});
