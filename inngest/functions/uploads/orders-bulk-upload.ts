import { defineFunction, type PortalFunction } from '@/inngest/define-function';
import { orderUploadCommitted } from '@/inngest/events/uploads';
import { finishUpload } from '@/server/modules/uploads/use-cases/finish-upload';
import { giveUpUpload } from '@/server/modules/uploads/use-cases/give-up-upload';
import { planUploadChunks } from '@/server/modules/uploads/use-cases/plan-upload-chunks';
import { takeUpUpload } from '@/server/modules/uploads/use-cases/take-up-upload';
import { writeUploadChunk } from '@/server/modules/uploads/use-cases/write-upload-chunk';

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
  defineFunction(
    {
      id,
      replaces: `consumer-${id}`,
      on: [orderUploadCommitted],
      when: `event.data.tier == '${tier}'`,
      retries: 5,
      concurrency: { limit: slots, scope: 'fn' },
      about: ({ uploadId }) => ({ kind: 'upload', id: uploadId, tier }),
      effects: ({ uploadId }) => [{ kind: 'orders', key: `upload:${uploadId}` }],
      whenFailed: ({ uploadId }, code, actor) => giveUpUpload({ actor, id: uploadId, code }),
      whenReplayed: ({ uploadId }, actor) => takeUpUpload({ actor, id: uploadId }),
    },
    async ({ data, actor, step }) => {
      if (!data) return null;
      const upload = data.uploadId;
      const ranges = await step.run('plan', () => planUploadChunks({ id: upload }));
      for (const range of ranges) {
        await step.run(`rows-${range.from}-${range.to}`, () => writeUploadChunk({ actor, id: upload, range }));
      }
      return step.run('finish', () => finishUpload({ actor, id: upload }));
    },
  );

export const uploadFunctions: PortalFunction[] = LANES.map(laneFunction);
