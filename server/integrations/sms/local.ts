import { PortalError } from '@/server/platform/errors';
import { storeInBox } from '@/server/platform/message-box';
import type { SmsSender } from './port';

/**
 * Keeps text messages in the local message box instead of sending them: it stands for the phone. Where the portal is public
 * nobody's phone is a box that staff can read: what holds a secret is refused.
 */
export function createLocalSms({ storesSecrets }: { storesSecrets: boolean } = { storesSecrets: true }): SmsSender {
  return {
    async send({ key, to, text, secret }) {
      if (secret !== undefined && !storesSecrets) throw new PortalError('invalid', 'no_gateway');
      return storeInBox({ channel: 'sms', key, to, text });
    },
  };
}
