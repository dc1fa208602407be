import { linkAddress } from '@/server/modules/gate/use-cases/link-address';
import { recordLinkEvent } from '@/server/modules/gate/use-cases/record-link-event';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { asPortalError, notFound, PortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import {
  addMessage,
  claimMessage,
  findMessage,
  type MessageState,
  markFailed,
  markSent,
  type OrderNotice,
  orderNotice,
  statementNotice,
} from '../repository';
import { waysTo } from '../rules';
import type { Language, Recipients, TextRequest } from '../schema';
import { deliverText } from './deliver-text';

/** Longer than any gateway is waited for, both channels together. */
const CLAIM_SECONDS = 60;

export type Notification = {
  template: 'statement-published' | 'order-paid';
  dedupeKey: string;
  linkId?: string | undefined;
  orderId?: string | undefined;
};

type Prepared = { recipients: Recipients; text: TextRequest; params: Record<string, string>; linkId: string | null };

/**
 * Sends one notice to one person, once: the same `dedupeKey` again does nothing. The row keeps ids, channel, state and tries;
 * the text is made here and kept nowhere, for it may hold a link. Sent at least once: who dies between the gateway's answer and
 * the row sends it again under the same key, which a gateway drops. Throws `not_found`, `sms_unavailable` or
 * `email_unavailable` (retryable) when neither channel took it, and `being_sent` (retryable) while another sender has it.
 */
export async function sendMessage({
  actor,
  notification,
}: {
  actor: Actor;
  notification: Notification;
}): Promise<{ state: MessageState }> {
  const { dedupeKey } = notification;
  if ((await findMessage(dedupeKey))?.state === 'sent') return { state: 'sent' };
  const { recipients, text, params, linkId } = await prepare(notification);
  const first = waysTo(recipients, 'sms')[0] ?? { channel: 'sms' as const, to: '' };
  const { template } = text;
  const row = { dedupeKey, template, language: text.language, channel: first.channel, recipient: first.to, params };
  const claimed = await inTransaction(async (tx) => {
    await addMessage(tx, row);
    return claimMessage(tx, dedupeKey, CLAIM_SECONDS);
  });
  if (!claimed) return stateOfOther(dedupeKey);
  try {
    const sent = await deliverText({ key: `message-${claimed.id}`, prefer: first.channel, recipients, text });
    await inTransaction(async (tx) => {
      await markSent(tx, claimed.id, sent);
      const detail = { template, channel: sent.channel, ...params };
      await recordAudit(tx, { actor, action: 'message.sent', entity: 'message', entityId: claimed.id, detail });
      if (linkId) {
        const about = { messageId: claimed.id, channel: sent.channel };
        await recordLinkEvent(tx, { linkId, kind: 'sent', visitor: null, detail: about });
      }
    });
    return { state: 'sent' };
  } catch (error) {
    const { code, retryable } = asPortalError(error);
    await inTransaction((tx) => markFailed(tx, claimed.id, code, !retryable));
    if (!retryable) return { state: 'failed' };
    throw error;
  }
}

/** Another sender's claim is no end: it may have died with it. Whoever comes in vain comes again when the claim has run out. */
async function stateOfOther(dedupeKey: string): Promise<{ state: MessageState }> {
  const found = await findMessage(dedupeKey);
  if (found?.state === 'sent') return { state: 'sent' };
  throw new PortalError('unavailable', 'being_sent', { params: { seconds: (found?.claimSeconds ?? 0) + 1 } });
}

async function prepare({ template, linkId, orderId }: Notification): Promise<Prepared> {
  const { nameVi, nameEn, defaultLanguage } = await organisation();
  if (template === 'statement-published') {
    const notice = linkId ? await statementNotice(linkId) : null;
    if (!notice) throw notFound('statement link');
    const { language, doctor, month } = notice;
    const address = await linkAddress({ linkId: notice.linkId });
    const params = { organisation: language === 'vi' ? nameVi : nameEn, doctor, month, address };
    return {
      recipients: notice,
      text: { template, language, params },
      params: { linkId: notice.linkId },
      linkId: notice.linkId,
    };
  }
  const notice = orderId ? await orderNotice(orderId) : null;
  if (!notice) throw notFound('order');
  const [organisationName, branch] = defaultLanguage === 'vi' ? [nameVi, notice.branchVi] : [nameEn, notice.branchEn];
  const text = orderText(notice, defaultLanguage, { organisation: organisationName, number: notice.number, branch });
  return { recipients: notice, text, params: { orderId: notice.orderId }, linkId: null };
}

type OrderWords = { organisation: string; number: string; branch: string };

/** Only who paid is thanked for a payment, and only what was paid is told. */
function orderText(notice: OrderNotice, language: Language, params: OrderWords): TextRequest {
  if (notice.onAccount) return { template: 'order-on-account', language, params };
  if (notice.paid <= 0n) return { template: 'order-free', language, params };
  const { paid, currency } = notice;
  return { template: 'order-paid', language, params: { ...params, paid: String(paid), currency } };
}
