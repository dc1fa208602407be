import 'server-only';
import { createHmac } from 'node:crypto';
import { env } from '@/server/platform/env';

/** The key of the sales that a cashier holds in a browser; only a page of a session of that cashier is given it. */
export const heldSalesKey = (cashierId: string): string =>
  createHmac('sha256', env().AUTH_SECRET).update(`held-sales:${cashierId}`).digest('base64');
