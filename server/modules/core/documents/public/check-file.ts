import { storage } from '@/server/integrations/storage/port';
import { asPortalError } from '@/server/platform/errors';
import { documentById } from '../queries';

/** Whether a document's file is there, by its size: what was lost can be rendered again. Throws `storage_unavailable`. */
export async function checkFile({ documentId }: { documentId: string }): Promise<boolean> {
  const found = await documentById(documentId);
  if (!found) return false;
  try {
    const { bytes, content } = await storage().open(found.storageKey);
    await content.cancel();
    return bytes === found.bytes;
  } catch (error) {
    if (asPortalError(error).kind === 'not-found') return false;
    throw error;
  }
}
