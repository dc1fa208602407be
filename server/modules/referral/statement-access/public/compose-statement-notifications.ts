import type { Notification, NotificationRequest } from '@/server/modules/core/notifications/schema';
import { type Organisation, organisation } from '@/server/platform/organisation';
import { statementNotification } from '../queries';
import { linkAddress } from './link-address';

/** The notification of a published statement; ended and unknown links are left out. */
export async function composeStatementNotifications(requests: readonly NotificationRequest[]): Promise<Notification[]> {
  const house = await organisation();
  const notices = await Promise.all(requests.map((request) => composeOne(request, house)));
  return notices.flatMap((notice) => notice ?? []);
}

async function composeOne(
  { dedupeKey, linkId }: NotificationRequest,
  house: Organisation,
): Promise<Notification | null> {
  const notice = linkId ? await statementNotification(linkId) : null;
  if (!notice) return null;
  const { language, doctor, month } = notice;
  const address = await linkAddress({ linkId: notice.linkId });
  const words = { organisation: language === 'vi' ? house.nameVi : house.nameEn, doctor, month, address };
  const text = { template: 'statement-published' as const, language, params: words };
  return { dedupeKey, recipients: notice, text, params: { linkId: notice.linkId } };
}
