import type { Handler } from '@/inngest/define-function';
import type { posOrderGivenBack, posOrderPaid } from '@/inngest/events/sales/orders';
import { postOrderRevenue } from '@/server/modules/core/revenue/public/post-order-revenue';
import { postRefundRevenue } from '@/server/modules/core/revenue/public/post-refund-revenue';
import { cancelLisOrders } from '@/server/modules/sales/giving-back/public/cancel-lis-orders';
import { reportUnprepared } from '@/server/modules/sales/orders/public/report-unprepared';
import { requestOrderNotifications } from '@/server/modules/sales/orders/public/request-order-notifications';

export const handler: Handler<typeof posOrderPaid | typeof posOrderGivenBack> = {
  run: async ({ batch, actor, step }) => {
    const given = batch.filter((data) => 'refundId' in data);
    const orderIds = batch.flatMap((data) => ('refundId' in data ? [] : [data.orderId]));
    if (orderIds.length > 0) {
      await step.run('revenue', () => postOrderRevenue({ actor, orderIds }));
      await step.run('notice', () => requestOrderNotifications({ actor, orderIds }));
    }
    if (given.length > 0) {
      await step.run('revenue-back', () => postRefundRevenue({ actor, orderIds: given.map(({ orderId }) => orderId) }));
      await step.run('lis-cancel', () => cancelLisOrders({ actor, refundIds: given.map(({ refundId }) => refundId) }));
    }
  },
  onFailure: ({ orderId }, code, actor) => reportUnprepared({ actor, orderId, failure: code }),
};
