import { linkAddress } from '@/server/modules/gate/use-cases/link-address';
import { notFound, type PortalError } from '@/server/platform/errors';
import { type Organisation, organisation } from '@/server/platform/organisation';
import { type OrderNotice, orderNotices, statementNotice } from '../queries';
import type { Language, Recipients, TextRequest } from '../schema';

export type Notification = {
  template: 'statement-published' | 'order-paid';
  dedupeKey: string;
  linkId?: string | undefined;
  orderId?: string | undefined;
};

/** What is said, to whom; `params` are ids alone, for they are kept. */
export type Notice = {
  dedupeKey: string;
  recipients: Recipients;
  text: TextRequest;
  params: Record<string, string>;
  linkId: string | null;
};

/**
 * The words of notices and whom they are for, made anew each time and kept nowhere, for they may hold a link. What is about an
 * order or a link that there is not, or no longer, comes back as `not_found`.
 */
export async function composeNotices({
  notifications,
}: {
  notifications: readonly Notification[];
}): Promise<{ notices: Notice[]; unknown: PortalError[] }> {
  const house = await organisation();
  const orders = await orderNotices(notifications.flatMap(({ orderId }) => orderId ?? []));
  const composed = await Promise.all(
    notifications.map((notification) =>
      notification.template === 'statement-published'
        ? ofStatement(notification, house)
        : ofOrder(notification, orders.get(notification.orderId ?? ''), house),
    ),
  );
  const unknown = notifications.filter((_, place) => !composed[place]);
  return {
    notices: composed.flatMap((notice) => notice ?? []),
    unknown: unknown.map(({ template }) => notFound(template === 'order-paid' ? 'order' : 'statement link')),
  };
}

async function ofStatement({ dedupeKey, linkId }: Notification, house: Organisation): Promise<Notice | null> {
  const notice = linkId ? await statementNotice(linkId) : null;
  if (!notice) return null;
  const { language, doctor, month } = notice;
  const address = await linkAddress({ linkId: notice.linkId });
  const words = { organisation: language === 'vi' ? house.nameVi : house.nameEn, doctor, month, address };
  const text: TextRequest = { template: 'statement-published', language, params: words };
  return { dedupeKey, recipients: notice, text, params: { linkId: notice.linkId }, linkId: notice.linkId };
}

function ofOrder(
  { dedupeKey }: Notification,
  notice: OrderNotice | undefined,
  { nameVi, nameEn, defaultLanguage: language }: Organisation,
): Notice | null {
  if (!notice) return null;
  const [house, branch] = language === 'vi' ? [nameVi, notice.branchVi] : [nameEn, notice.branchEn];
  const text = orderText(notice, language, { organisation: house, number: notice.number, branch });
  return { dedupeKey, recipients: notice, text, params: { orderId: notice.orderId }, linkId: null };
}

type OrderWords = { organisation: string; number: string; branch: string };

/** Only who paid is thanked for a payment, and only what was paid is told. */
function orderText(notice: OrderNotice, language: Language, params: OrderWords): TextRequest {
  if (notice.onAccount) return { template: 'order-on-account', language, params };
  if (notice.paid <= 0n) return { template: 'order-free', language, params };
  const { paid, currency } = notice;
  return { template: 'order-paid', language, params: { ...params, paid: String(paid), currency } };
}
