import { PortalError } from '@/server/platform/errors';
import { keepInBox } from '@/server/platform/message-box';
import type { SmsSender } from './port';

/**
 * Keeps text messages in the local message box instead of sending them: it stands for the phone. Where the portal is public
 * nobody's phone is a box that staff can read: what holds a secret is refused.
 */
export function createLocalSms({ keepsSecrets }: { keepsSecrets: boolean } = { keepsSecrets: true }): SmsSender {
  return {
    async send({ key, to, text, secret }) {
      if (secret !== undefined && !keepsSecrets) throw new PortalError('invalid', 'no_gateway');
      return keepInBox({ channel: 'sms', key, to, text });
    },
  };
}
