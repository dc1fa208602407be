import { notFound } from '@/server/platform/errors';
import { findUpload, type StoredUpload } from '../repository';

/** An upload as it stands. */
export async function showUpload({ id }: { id: string }): Promise<StoredUpload> {
  const upload = await findUpload(id);
  if (!upload) throw notFound('upload');
  return upload;
}
