import { defineFunction } from '@/inngest/define-function';
import { otpRequested } from '@/inngest/events/gate';
import { abandonOtp } from '@/server/modules/gate/use-cases/abandon-otp';
import { sendOtp } from '@/server/modules/gate/use-cases/send-otp';

/**
 * Sends a code by the doctor's channel, falls back to the other. A challenge that was sent is left alone, so a repeat sends
 * nothing; a code lives five minutes, so trying for longer than a few would send what nobody waits for.
 */
export const sendOtpFunction = defineFunction(
  {
    id: 'send-otp',
    replaces: 'consumer-send-otp',
    on: [otpRequested],
    retries: 3,
    concurrency: { limit: 20 },
    about: ({ challengeId }) => ({ kind: 'otp-challenge', id: challengeId }),
    effects: ({ challengeId }) => [{ kind: 'sms', key: `otp:${challengeId}` }],
    whenFailed: ({ challengeId }, code, actor) => abandonOtp({ actor, challengeId, failure: code }),
  },
  ({ data, actor, step }) => step.run('send', async () => (data ? sendOtp({ actor, ...data }) : null)),
);
