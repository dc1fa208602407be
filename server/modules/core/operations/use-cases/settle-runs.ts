import { backgroundServer } from '@/server/integrations/background/port';
import { inTransaction } from '@/server/platform/db';
import { logger } from '@/server/platform/logger';
import { claimSilentRuns, settleRun } from '../repository';
import { endOfSilent, UNREPORTED } from '../rules';
import { failWork } from './fail-work';

const ASKED_AT_ONCE = 25;

/**
 * Asks the server about open runs that were silent for a minute: cancelled elsewhere, or ended while nobody could say
 * so. Answers how many it settled.
 */
export async function settleRuns(): Promise<number> {
  let settled = 0;
  for (const run of await claimSilentRuns(ASKED_AT_ONCE)) {
    try {
      const end = endOfSilent(await backgroundServer().findRun(run.runId), run.silentSeconds);
      if (!end) continue;
      // A failed run calls `onFailure` itself, or is reported later; for the others it is called here.
      const code = end.state === 'cancelled' ? 'run_cancelled' : end.errorCode;
      if (code && code !== UNREPORTED) await failWork({ runIds: [run.runId], code });
      if (await inTransaction((tx) => settleRun(tx, run.runId, end))) settled += 1;
    } catch (err) {
      logger('operations').warn({ err, runId: run.runId }, 'a silent run could not be asked about');
      break;
    }
  }
  return settled;
}
