import type { NotificationKinds } from '@/server/modules/core/notifications/public/send-messages';
import { composeStatementNotifications } from '@/server/modules/referral/statement-access/public/compose-statement-notifications';
import { recordSentLinks } from '@/server/modules/referral/statement-access/public/record-sent-links';
import { composeOrderNotifications } from '@/server/modules/sales/orders/public/compose-order-notifications';

/** Every kind of notification with the module that writes its text; the notifications module knows only the result. */
export const notificationKinds: NotificationKinds = {
  'order-paid': { subject: 'order', compose: composeOrderNotifications },
  'statement-published': { subject: 'statement link', compose: composeStatementNotifications, onSent: recordSentLinks },
};
