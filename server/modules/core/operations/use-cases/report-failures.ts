import { logger } from '@/server/platform/logger';
import { claimUnreported } from '../repository';
import { failWork } from './fail-work';

const AT_ONCE = 25;

/**
 * Reports failed runs to their subjects, where the run that should have reported them failed as well: in an outage both do. Answers how
 * many it reported; one that cannot be reported is tried again after a minute.
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
