import type { Handler } from '@/inngest/define-function';
import type { linkEventRecorded } from '@/inngest/events/referral/statement-access';
import { reviewLinkEvents } from '@/server/modules/referral/statement-access/public/review-link-events';

export const handler: Handler<typeof linkEventRecorded> = {
  run: async ({ batch, actor, step }) => {
    const review = () => reviewLinkEvents({ actor, events: batch });
    const first = await step.run('review', review);
    if (!first.undecided) return first;
    await step.sleep('until-visits-are-decided', '90s');
    return step.run('review-again', review);
  },
  // Missed events are processed with the link's next event; nothing waits for them.
  onFailure: async () => {},
};
