import { defineFunction } from '@/inngest/define-function';
import { otpRequested } from '@/inngest/events/referral/statement-access';
import { effectKey } from '@/server/domain/effect-keys';

/**
 * Sends a code by the doctor's channel, falls back to the other. A challenge that was sent is left alone, so a repeat sends
 * nothing; a code lives five minutes, so trying for longer than a few would send a useless code.
 */
export const sendOtpFunction = defineFunction({
  id: 'send-otp',
  replaces: 'consumer-send-otp',
  triggers: [otpRequested],
  retries: 3,
  concurrency: { limit: 20 },
  subject: ({ challengeId }) => ({ kind: 'otp-challenge', id: challengeId }),
  effects: ({ challengeId }) => [{ kind: 'sms', key: effectKey.otp(challengeId) }],
  handler: () => import('./send-otp.handler'),
});
