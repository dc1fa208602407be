import type { Handler } from '@/inngest/define-function';
import type { posOrderPaid } from '@/inngest/events/sales/orders';
import { postOrderRevenue } from '@/server/modules/core/revenue/public/post-order-revenue';
import { reportUnprepared } from '@/server/modules/sales/orders/public/report-unprepared';
import { requestOrderNotifications } from '@/server/modules/sales/orders/public/request-order-notifications';

export const handler: Handler<typeof posOrderPaid> = {
  run: async ({ batch, actor, step }) => {
    const orderIds = batch.map(({ orderId }) => orderId);
    await step.run('revenue', () => postOrderRevenue({ actor, orderIds }));
    await step.run('notice', () => requestOrderNotifications({ actor, orderIds }));
  },
  onFailure: ({ orderId }, code, actor) => reportUnprepared({ actor, orderId, failure: code }),
};
