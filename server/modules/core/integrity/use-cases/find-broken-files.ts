import { createHash } from 'node:crypto';
import { storage } from '@/server/integrations/storage/port';
import { PortalError } from '@/server/platform/errors';
import { type Broken, documentsBefore, type FileOfDocument } from '../queries';

const PAGE = 200;

/**
 * Reads the newest documents' files, at most `most`. Answers those whose file is not there, and those whose file is not what was
 * kept. Throws `storage_unavailable`.
 */
export async function findBrokenFiles({
  hours,
  most,
}: {
  hours: number | null;
  most: number;
}): Promise<{ missing: Broken[]; different: Broken[] }> {
  const found: { missing: Broken[]; different: Broken[] } = { missing: [], different: [] };
  let before: string | null = null;
  for (let read = 0; read < most; read += PAGE) {
    const page: FileOfDocument[] = await documentsBefore(before, { hours, limit: Math.min(PAGE, most - read) });
    for (const file of page) {
      const hash = await hashOf(file.storageKey);
      if (hash === null) found.missing.push(file);
      else if (hash !== file.sha256) found.different.push(file);
    }
    if (page.length < PAGE) break;
    before = page.at(-1)?.id ?? null;
  }
  return found;
}

async function hashOf(storageKey: string): Promise<string | null> {
  try {
    const { content } = await storage().open(storageKey);
    const hash = createHash('sha256');
    for await (const piece of content) hash.update(piece);
    return hash.digest('hex');
  } catch (error) {
    if (error instanceof PortalError && error.kind === 'not-found') return null;
    throw error;
  }
}
