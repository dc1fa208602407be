import { defineFunction } from '@/inngest/define-function';
import { linkEventRecorded } from '@/inngest/events/referral/statement-access';
import { effectKey } from '@/server/domain/effect-keys';

/**
 * View analytics, machine and passed-on links, audit trail. Taken in batches: a mail to a thousand doctors opens as many
 * links at once. What a link's events add up to is recalculated each time, so a repeat changes nothing.
 */
export const statementLinkEventFunction = defineFunction({
  id: 'statement-link-event',
  replaces: 'consumer-statement-link-event',
  triggers: [linkEventRecorded],
  batchEvents: { maxSize: 50, timeout: '2s' },
  retries: 5,
  subject: ({ linkId }) => ({ kind: 'statement-link', id: linkId }),
  effects: ({ eventId }) => [{ kind: 'audit', key: effectKey.linkEvent(eventId) }],
  handler: () => import('./statement-link-event.handler'),
});
