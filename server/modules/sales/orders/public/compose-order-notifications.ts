import type { Notification, NotificationRequest, TextRequest } from '@/server/modules/core/notifications/schema';
import { type Organisation, organisation } from '@/server/platform/organisation';
import { type OrderNotification, orderNotifications } from '../queries/after-sale';

/** The notification of paid orders; unknown orders are left out. */
export async function composeOrderNotifications(requests: readonly NotificationRequest[]): Promise<Notification[]> {
  const laboratory = await organisation();
  const orders = await orderNotifications(requests.flatMap(({ orderId }) => orderId ?? []));
  return requests.flatMap((request) => composeOne(request, orders.get(request.orderId ?? ''), laboratory) ?? []);
}

function composeOne(
  { dedupeKey }: NotificationRequest,
  notification: OrderNotification | undefined,
  { nameVi, nameEn, defaultLanguage: language }: Organisation,
): Notification | null {
  if (!notification) return null;
  const [laboratory, branch] = language === 'vi' ? [nameVi, notification.branchVi] : [nameEn, notification.branchEn];
  const text = orderText(notification, language, { organisation: laboratory, number: notification.number, branch });
  return { dedupeKey, recipients: notification, text, params: { orderId: notification.orderId } };
}

type OrderWords = { organisation: string; number: string; branch: string };

/** Only the payer is thanked for a payment, and only the paid amount is stated. */
function orderText(
  notification: OrderNotification,
  language: TextRequest['language'],
  params: OrderWords,
): TextRequest {
  if (notification.onAccount) return { template: 'order-on-account', language, params };
  if (notification.paid <= 0n) return { template: 'order-free', language, params };
  const { paid, currency } = notification;
  return { template: 'order-paid', language, params: { ...params, paid: String(paid), currency } };
}
