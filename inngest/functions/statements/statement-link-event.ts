import { defineFunction } from '@/inngest/define-function';
import { linkEventRecorded } from '@/inngest/events/gate';
import { reviewLinkEvents } from '@/server/modules/gate/use-cases/review-link-events';

/**
 * View analytics, machine and passed-on links, audit trail. Taken in batches: a mail to a thousand doctors opens as many
 * links at once. What a link's events add up to is made anew each time, so a repeat changes nothing.
 */
export const statementLinkEventFunction = defineFunction(
  {
    id: 'statement-link-event',
    replaces: 'consumer-statement-link-event',
    on: [linkEventRecorded],
    batchEvents: { maxSize: 50, timeout: '2s' },
    retries: 5,
    about: ({ linkId }) => ({ kind: 'statement-link', id: linkId }),
    effects: ({ eventId }) => [{ kind: 'audit', key: `link-event:${eventId}` }],
    // What is missed here is made up by the link's next event; nothing waits for it.
    whenFailed: async () => {},
  },
  async ({ batch, actor, step }) => {
    const review = () => reviewLinkEvents({ actor, events: batch });
    const first = await step.run('review', review);
    if (!first.undecided) return first;
    await step.sleep('until-visits-are-decided', '90s');
    return step.run('review-again', review);
  },
);
