import { storage } from '@/server/integrations/storage/port';
import { logger } from '@/server/platform/logger';

/** No file takes as long to write as this. */
const DEAD_AFTER_MS = 6 * 3_600_000;

/** Removes what writers that died have left half-written. Answers how many files. */
export async function sweepFiles(): Promise<number> {
  const removed = await storage().removeUnfinished(DEAD_AFTER_MS);
  if (removed > 0) logger('storage').warn({ removed }, 'unfinished files removed');
  return removed;
}
