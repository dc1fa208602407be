import type { Handler } from '@/inngest/define-function';
import type { orderUploadCommitted } from '@/inngest/events/intake/uploads';
import { failUpload } from '@/server/modules/intake/uploads/public/fail-upload';
import { finishUpload } from '@/server/modules/intake/uploads/public/finish-upload';
import { planUploadChunks } from '@/server/modules/intake/uploads/public/plan-upload-chunks';
import { resumeUpload } from '@/server/modules/intake/uploads/public/resume-upload';
import { writeUploadChunk } from '@/server/modules/intake/uploads/public/write-upload-chunk';

export const handler: Handler<typeof orderUploadCommitted> = {
  run: async ({ data, actor, step }) => {
    if (!data) return null;
    const upload = data.uploadId;
    const ranges = await step.run('plan', () => planUploadChunks({ id: upload }));
    for (const range of ranges) {
      await step.run(`rows-${range.from}-${range.to}`, () => writeUploadChunk({ actor, id: upload, range }));
    }
    return step.run('finish', () => finishUpload({ actor, id: upload }));
  },
  onFailure: ({ uploadId }, code, actor) => failUpload({ actor, id: uploadId, code }),
  onReplay: ({ uploadId }, actor) => resumeUpload({ actor, id: uploadId }),
};
