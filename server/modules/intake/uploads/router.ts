import { procedure, router } from '@/server/api/trpc';
import { listUploads, uploadDetail, uploadProgress } from './queries';
import { commitUploadInput, listSheetInput, listUploadsInput, mapColumnsInput, uploadId } from './schema';
import { checkUpload } from './use-cases/check-upload';
import { commitUpload } from './use-cases/commit-upload';
import { mapColumns } from './use-cases/map-columns';
import { openSheet } from './use-cases/open-sheet';
import { watchUpload } from './use-cases/watch-upload';

export const uploadsRouter = router({
  list: procedure('upload.read')
    .input(listUploadsInput)
    .query(({ ctx, input }) => listUploads({ actor: ctx.actor, ...input })),
  byId: procedure('upload.read')
    .input(uploadId)
    .query(({ ctx, input }) => uploadDetail({ actor: ctx.actor, id: input.id })),
  sheet: procedure('upload.read')
    .input(listSheetInput)
    .query(({ ctx, input }) => openSheet({ actor: ctx.actor, ...input, after: input.cursor })),
  status: procedure('upload.read')
    .input(uploadId)
    .query(({ ctx, input }) => uploadProgress({ actor: ctx.actor, id: input.id })),
  progress: procedure('upload.read')
    .input(uploadId)
    .subscription(({ ctx, input, signal }) => watchUpload({ actor: ctx.actor, id: input.id, signal })),
  mapColumns: procedure('upload.write')
    .input(mapColumnsInput)
    .mutation(({ ctx, input }) => mapColumns({ actor: ctx.actor, ...input })),
  check: procedure('upload.write')
    .input(uploadId)
    .mutation(async ({ ctx, input }) => {
      const { valid, invalid } = await checkUpload({ actor: ctx.actor, id: input.id });
      return { valid, invalid };
    }),
  commit: procedure('upload.write')
    .input(commitUploadInput)
    .mutation(({ ctx, input }) => commitUpload({ actor: ctx.actor, ...input })),
});
