import { claimUnresolved, markResolved, runsWithEvents } from '../repository';
import { listEffects } from './list-effects';

const LOOKED_AT_ONCE = 100;

/**
 * Closes failures whose work was done in another way: a sheet that was committed again, a PDF that was requested again. That is
 * so when all effects of the run have happened. Returns how many it closed.
 */
export async function resolveFailures(): Promise<number> {
  const runs = await runsWithEvents(await claimUnresolved(LOOKED_AT_ONCE));
  const effects = await listEffects({ runs: runs.filter(({ gone }) => gone === 0) });
  const done = [...effects].filter(([, ofRun]) => ofRun.every(({ doneAt }) => doneAt !== null)).map(([runId]) => runId);
  if (done.length > 0) await markResolved(done);
  return done.length;
}
