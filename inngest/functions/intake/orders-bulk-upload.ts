import { defineFunction, type PortalFunction } from '@/inngest/define-function';
import { orderUploadCommitted } from '@/inngest/events/intake/uploads';
import { effectKey } from '@/server/domain/effect-keys';

/**
 * The lanes of uploads. Each is a function of its own, so that its slots are its own: a flood of standard uploads takes nothing
 * from an upload of a higher tier.
 */
const LANES = [
  { tier: 'standard', id: 'orders-bulk-upload', slots: 3 },
  { tier: 'vip1', id: 'orders-bulk-upload-vip1', slots: 1 },
  { tier: 'svip1', id: 'orders-bulk-upload-svip1', slots: 1 },
  { tier: 'svip2', id: 'orders-bulk-upload-svip2', slots: 1 },
] as const;

/**
 * Writes an upload's orders chunk by chunk. A chunk is one transaction with its receipt: however often a step is repeated, and
 * whoever else writes at the same time, each row becomes one order. The steps' ids are the rows they write.
 */
const laneFunction = ({ tier, id, slots }: (typeof LANES)[number]): PortalFunction =>
  defineFunction({
    id,
    replaces: `consumer-${id}`,
    triggers: [orderUploadCommitted],
    when: `event.data.tier == '${tier}'`,
    retries: 5,
    concurrency: { limit: slots, scope: 'fn' },
    subject: ({ uploadId }) => ({ kind: 'upload', id: uploadId, tier }),
    effects: ({ uploadId }) => [{ kind: 'orders', key: effectKey.upload(uploadId) }],
    handler: () => import('./orders-bulk-upload.handler'),
  });

export const uploadFunctions: PortalFunction[] = LANES.map(laneFunction);
