import type { Notification, NotificationRequest, TextRequest } from '@/server/modules/core/notifications/schema';
import { type Organisation, organisation } from '@/server/platform/organisation';
import { type OrderNotification, orderNotifications } from '../queries';

/** The notification of paid orders; unknown orders are left out. */
export async function composeOrderNotifications(requests: readonly NotificationRequest[]): Promise<Notification[]> {
  const house = await organisation();
  const orders = await orderNotifications(requests.flatMap(({ orderId }) => orderId ?? []));
  return requests.flatMap((request) => composeOne(request, orders.get(request.orderId ?? ''), house) ?? []);
}

function composeOne(
  { dedupeKey }: NotificationRequest,
  notice: OrderNotification | undefined,
  { nameVi, nameEn, defaultLanguage: language }: Organisation,
): Notification | null {
  if (!notice) return null;
  const [house, branch] = language === 'vi' ? [nameVi, notice.branchVi] : [nameEn, notice.branchEn];
  const text = orderText(notice, language, { organisation: house, number: notice.number, branch });
  return { dedupeKey, recipients: notice, text, params: { orderId: notice.orderId } };
}

type OrderWords = { organisation: string; number: string; branch: string };

/** Only the payer is thanked for a payment, and only the paid amount is stated. */
function orderText(notice: OrderNotification, language: TextRequest['language'], params: OrderWords): TextRequest {
  if (notice.onAccount) return { template: 'order-on-account', language, params };
  if (notice.paid <= 0n) return { template: 'order-free', language, params };
  const { paid, currency } = notice;
  return { template: 'order-paid', language, params: { ...params, paid: String(paid), currency } };
}
