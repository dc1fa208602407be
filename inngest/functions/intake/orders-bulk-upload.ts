import { defineFunction, type PortalFunction } from '@/inngest/define-function';
import { orderUploadCommitted } from '@/inngest/events/intake/uploads';
import { effectKey } from '@/server/domain/effect-keys';
import { TIERS, type Tier } from '@/server/domain/tier';
import { UPLOAD_LANES } from '@/server/domain/upload-lanes';

/**
 * Writes an upload's orders chunk by chunk. A chunk is one transaction with its record: however often a step is repeated, and
 * whoever else writes at the same time, each row becomes one order. The steps' ids are the rows they write.
 */
const laneFunction = (tier: Tier): PortalFunction => {
  const { functionId, slots } = UPLOAD_LANES[tier];
  return defineFunction({
    id: functionId,
    replaces: `consumer-${functionId}`,
    triggers: [orderUploadCommitted],
    when: `event.data.tier == '${tier}'`,
    retries: 5,
    concurrency: { limit: slots, scope: 'fn' },
    subject: ({ uploadId }) => ({ kind: 'upload', id: uploadId, tier }),
    effects: ({ uploadId }) => [{ kind: 'orders', key: effectKey.upload(uploadId) }],
    handler: () => import('./orders-bulk-upload.handler'),
  });
};

export const uploadFunctions: PortalFunction[] = TIERS.map(laneFunction);
