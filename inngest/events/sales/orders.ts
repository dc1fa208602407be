import { z } from 'zod';
import { TIERS } from '@/server/domain/tier';
import { defineEvent } from '../define-event';

/** An order exists, from the till or from an upload; then its lane is the tier's. */
export const orderCreated = defineEvent(
  'order/created',
  z.object({ orderId: z.uuid(), lane: z.enum(['till', ...TIERS]).default('till') }),
);

/** Something of an order was given back, or all of it. */
export const posOrderGivenBack = defineEvent(
  'pos-order/given-back',
  z.object({ orderId: z.uuid(), refundId: z.uuid() }),
);

/** An order of the till is settled: paid in full, or billed to its customer. */
export const posOrderPaid = defineEvent('pos-order/paid', z.object({ orderId: z.uuid() }));
