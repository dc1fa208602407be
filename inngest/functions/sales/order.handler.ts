import type { Handler } from '@/inngest/define-function';
import type { orderCreated } from '@/inngest/events/sales/orders';
import { prepareOrders } from '@/server/modules/sales/orders/public/prepare-orders';
import { reportUnprepared } from '@/server/modules/sales/orders/public/report-unprepared';
import { sendLisOrders } from '@/server/modules/sales/orders/public/send-lis-orders';

export const handler: Handler<typeof orderCreated> = {
  run: async ({ batch, actor, step }) => {
    const orderIds = batch.map(({ orderId }) => orderId);
    const yields = batch.every(({ lane }) => lane !== 'till');
    await step.run('prepare', () => prepareOrders({ actor, orderIds, yields }));
    return step.run('lis', () => sendLisOrders({ actor, orderIds, yields }));
  },
  onFailure: ({ orderId }, code, actor) => reportUnprepared({ actor, orderId, failure: code }),
};
