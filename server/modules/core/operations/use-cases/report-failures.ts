import { logger } from '@/server/platform/logger';
import { claimUnreported } from '../repository';
import { failWork } from './fail-work';

const AT_ONCE = 25;

/**
 * Tells what failed runs were about that they failed, where the run that should have told it failed as well: in an outage both do. Answers
 * how many it told; one that cannot be told is tried again after a minute.
 */
export async function reportFailures(): Promise<number> {
  let reported = 0;
  for (const { runId, code } of await claimUnreported(AT_ONCE)) {
    try {
      await failWork({ runIds: [runId], code });
      reported += 1;
    } catch (err) {
      logger('operations').warn({ err, runId }, 'a failure could not be reported');
    }
  }
  return reported;
}
