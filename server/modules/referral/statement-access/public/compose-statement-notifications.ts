import type { Notification, NotificationRequest } from '@/server/modules/core/notifications/schema';
import { type Organisation, organisation } from '@/server/platform/organisation';
import { statementNotification } from '../queries';
import { linkAddress } from './link-address';

/** The notification of a published statement; ended and unknown links are left out. */
export async function composeStatementNotifications(requests: readonly NotificationRequest[]): Promise<Notification[]> {
  const laboratory = await organisation();
  const notifications = await Promise.all(requests.map((request) => composeOne(request, laboratory)));
  return notifications.flatMap((notification) => notification ?? []);
}

async function composeOne(
  { dedupeKey, linkId }: NotificationRequest,
  laboratory: Organisation,
): Promise<Notification | null> {
  const notification = linkId ? await statementNotification(linkId) : null;
  if (!notification) return null;
  const { language, doctor, month } = notification;
  const address = await linkAddress({ linkId: notification.linkId });
  const words = { organisation: language === 'vi' ? laboratory.nameVi : laboratory.nameEn, doctor, month, address };
  const text = { template: 'statement-published' as const, language, params: words };
  return { dedupeKey, recipients: notification, text, params: { linkId: notification.linkId } };
}
