import type { NoticeKinds } from '@/server/modules/core/notifications/public/send-messages';
import { composeStatementNotices } from '@/server/modules/referral/statement-access/public/compose-statement-notices';
import { recordSentLinks } from '@/server/modules/referral/statement-access/public/record-sent-links';
import { composeOrderNotices } from '@/server/modules/sales/orders/public/compose-order-notices';

/** Every kind of notice with the module that writes its words: notifications send what they know nothing of. */
export const noticeKinds: NoticeKinds = {
  'order-paid': { subject: 'order', compose: composeOrderNotices },
  'statement-published': { subject: 'statement link', compose: composeStatementNotices, onSent: recordSentLinks },
};
