import { notFound } from '@/server/platform/errors';
import { lastRow } from '../queries';
import { findUpload } from '../repository';
import { chunksOf, type RowRange } from '../rules';

/** The ranges of rows in which an upload is written; none where it is not being written (any more). */
export async function planUploadChunks({ id }: { id: string }): Promise<RowRange[]> {
  const upload = await findUpload(id);
  if (!upload) throw notFound('upload');
  if (upload.state !== 'committing') return [];
  return chunksOf(await lastRow(id), upload.allOrNothing);
}
