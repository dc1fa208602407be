import { defineFunction } from '@/inngest/define-function';
import { orderCreated } from '@/inngest/events/orders';
import { prepareOrders } from '@/server/modules/orders/use-cases/prepare-orders';
import { reportUnprepared } from '@/server/modules/orders/use-cases/report-unprepared';
import { sendLisOrders } from '@/server/modules/orders/use-cases/send-lis-orders';

/**
 * Accession numbers, specimen labels and the message to the laboratory, for many orders at once: an upload makes thousands. Each
 * lane has a slot of its own, and what uploads leave to do stands back while rows of a higher tier are being written: those are what
 * somebody waits for.
 */
export const orderFunction = defineFunction(
  {
    id: 'order',
    replaces: 'consumer-order',
    on: [orderCreated],
    retries: 10,
    concurrency: { limit: 1, key: 'event.data.lane' },
    batchEvents: { maxSize: 100, timeout: '1s', key: 'event.data.lane' },
    about: ({ orderId }) => ({ kind: 'order', id: orderId }),
    effects: ({ orderId }) => [
      { kind: 'numbers', key: `accession:${orderId}` },
      { kind: 'lis', key: `lis-order:${orderId}` },
    ],
    whenFailed: ({ orderId }, code, actor) => reportUnprepared({ actor, orderId, failure: code }),
  },
  async ({ batch, actor, step }) => {
    const orderIds = batch.map(({ orderId }) => orderId);
    const standsBack = batch.every(({ lane }) => lane !== 'till');
    await step.run('prepare', () => prepareOrders({ actor, orderIds, standsBack }));
    return step.run('lis', () => sendLisOrders({ actor, orderIds, standsBack }));
  },
);
