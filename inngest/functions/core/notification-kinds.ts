import type { NotificationKinds } from '@/server/modules/core/notifications/public/send-messages';
import { composeStatementNotifications } from '@/server/modules/referral/statement-access/public/compose-statement-notifications';
import { recordSentLinks } from '@/server/modules/referral/statement-access/public/record-sent-links';
import { composeOrderNotifications } from '@/server/modules/sales/orders/public/compose-order-notifications';

/** Every kind of notice with the module that writes its words: notifications send what they know nothing of. */
export const notificationKinds: NotificationKinds = {
  'order-paid': { subject: 'order', compose: composeOrderNotifications },
  'statement-published': { subject: 'statement link', compose: composeStatementNotifications, onSent: recordSentLinks },
};
