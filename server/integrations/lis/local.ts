import { db, sql } from '@/server/platform/db';
import { cancelMessage, orderMessage } from './order-message';
import type { Lis } from './port';

async function keep(ref: string, content: string): Promise<{ ref: string }> {
  await db().$executeRaw(sql`
    INSERT INTO integration_message (system, direction, message_key, content) VALUES ('lis', 'out', ${ref}, ${content})
    ON CONFLICT (system, direction, message_key) DO NOTHING`);
  return { ref };
}

/** Keeps the messages where a laboratory's system would take them away. One an order or cancellation, however often it is sent. */
export function createLocalLis(): Lis {
  return {
    sendOrder: (order) => keep(`order-${order.accession}`, orderMessage(order)),
    cancelOrder: (cancellation) =>
      keep(`cancel-${cancellation.order.accession}-${cancellation.refundId}`, cancelMessage(cancellation)),
  };
}
