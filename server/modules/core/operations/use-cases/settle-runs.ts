import { backgroundServer, type ServerRun } from '@/server/integrations/background/port';
import { inTransaction } from '@/server/platform/db';
import { logger } from '@/server/platform/logger';
import { claimSilentRuns, type SilentRun, settleRun } from '../repository';
import { failWork } from './fail-work';

const ASKED_AT_ONCE = 25;
/** A run that the server does not know any more will not be reported; it is marked as failed after this long. */
const FORGOTTEN_SECONDS = 24 * 3_600;

/** The server says that it failed, and not of what. */
const UNREPORTED = 'unknown';

type End = Parameters<typeof settleRun>[2];

function endOf(found: ServerRun | null, { silentSeconds }: SilentRun): End | null {
  if (found?.status === 'Completed') return { state: 'completed', errorCode: null, endedAt: found.endedAt };
  if (found?.status === 'Failed') return { state: 'failed', errorCode: UNREPORTED, endedAt: found.endedAt };
  if (found?.status === 'Cancelled') return { state: 'cancelled', errorCode: null, endedAt: found.endedAt };
  const forgotten = found === null && silentSeconds > FORGOTTEN_SECONDS;
  return forgotten ? { state: 'failed', errorCode: 'run_forgotten', endedAt: null } : null;
}

/**
 * Asks the server about open runs that were silent for a minute: cancelled elsewhere, or ended while nobody could say
 * so. Answers how many it settled.
 */
export async function settleRuns(): Promise<number> {
  let settled = 0;
  for (const run of await claimSilentRuns(ASKED_AT_ONCE)) {
    try {
      const end = endOf(await backgroundServer().findRun(run.runId), run);
      if (!end) continue;
      // A failed run has called `onFailure`; for the others it is called here.
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
