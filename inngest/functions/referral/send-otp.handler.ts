import type { Handler } from '@/inngest/define-function';
import type { otpRequested } from '@/inngest/events/referral/statement-access';
import { abandonOtp } from '@/server/modules/referral/statement-access/public/abandon-otp';
import { sendOtp } from '@/server/modules/referral/statement-access/public/send-otp';

export const handler: Handler<typeof otpRequested> = {
  run: ({ data, actor, step }) => step.run('send', async () => (data ? sendOtp({ actor, ...data }) : null)),
  onFailure: ({ challengeId }, code, actor) => abandonOtp({ actor, challengeId, failure: code }),
};
