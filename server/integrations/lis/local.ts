import { db, sql } from '@/server/platform/db';
import { orderMessage } from './order-message';
import type { Lis } from './port';

/** Keeps the order message where a laboratory's system would take it away. One message an order, however often it is sent. */
export function createLocalLis(): Lis {
  return {
    async sendOrder(order) {
      const ref = `order-${order.accession}`;
      await db().$executeRaw(sql`
        INSERT INTO integration_message (system, direction, message_key, content)
        VALUES ('lis', 'out', ${ref}, ${orderMessage(order)})
        ON CONFLICT (system, direction, message_key) DO NOTHING`);
      return { ref };
    },
  };
}
