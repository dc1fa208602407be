import { logger } from '@/server/platform/logger';
import { pausedFunctions } from '../repository';

/** Every run asks; the answer may be a second old. */
const KEPT_MS = 1_000;
let kept: { until: number; paused: Promise<ReadonlySet<string>> } | undefined;

/**
 * Whether a function is paused. A run that was just resumed asks for a `fresh` answer, or it would use the one
 * from before. A failed read is no reason to stop a run.
 */
export async function checkPause({ functionId, fresh }: { functionId: string; fresh: boolean }): Promise<boolean> {
  if (fresh || !kept || kept.until < Date.now()) kept = { until: Date.now() + KEPT_MS, paused: pausedFunctions() };
  try {
    return (await kept.paused).has(functionId);
  } catch (err) {
    logger('operations').warn({ err, functionId }, 'the pause could not be read');
    return false;
  }
}
