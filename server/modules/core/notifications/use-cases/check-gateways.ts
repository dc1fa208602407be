import { env, isPublicAddress } from '@/server/platform/env';
import { logger } from '@/server/platform/logger';
import type { Channel } from '../schema';

/**
 * The channels without a gateway although the portal is public: their messages stay in the message box, and codes are not sent
 * at all. None on a machine of one's own, where the box stands for the phones.
 */
export function checkGateways(): Channel[] {
  const { PUBLIC_URL, SMS_URL, SMTP_URL } = env();
  if (!isPublicAddress(PUBLIC_URL)) return [];
  return [...(SMS_URL ? [] : (['sms'] as const)), ...(SMTP_URL ? [] : (['email'] as const))];
}

/** Says at start, loudly, what `checkGateways` found. */
export function warnOfGateways(): void {
  for (const channel of checkGateways()) {
    logger('messages').error(
      { channel, setting: channel === 'sms' ? 'SMS_URL' : 'SMTP_URL' },
      'NO GATEWAY: the portal is public and this channel reaches nobody; codes are not sent by it',
    );
  }
}
