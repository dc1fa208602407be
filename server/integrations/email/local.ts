import { PortalError } from '@/server/platform/errors';
import { storeInBox } from '@/server/platform/message-box';
import type { EmailSender } from './port';

/**
 * Keeps e-mail in the local message box instead of sending it: it stands for the mailbox. Where the portal is public nobody's
 * mailbox is a box that staff can read: what holds a secret is refused.
 */
export function createLocalEmail({ storesSecrets }: { storesSecrets: boolean } = { storesSecrets: true }): EmailSender {
  return {
    async send({ key, to, subject, text, secret }) {
      if (secret !== undefined && !storesSecrets) throw new PortalError('invalid', 'no_gateway');
      return storeInBox({ channel: 'email', key, to, subject, text });
    },
  };
}
