import { countUnresolved, type RunWithEvents, runsWithEvents, unresolvedRuns } from '../repository';
import { type ReplayObstacle, replayObstacle } from '../rules';
import type { RunSelection } from '../schema';

/** One act takes so many of a cause; the rest is told, and taken by the next. */
const MOST_AT_ONCE = 1_000;

export type SelectedRuns = {
  runs: RunWithEvents[];
  left: Record<ReplayObstacle, number>;
  /** Runs of the cause beyond those that one act takes. */
  beyond: number;
};

/** The selected runs that can be repeated, oldest first, and why the others cannot. */
export async function selectRuns({ selection }: { selection: RunSelection }): Promise<SelectedRuns> {
  const { found, beyond } = await findSelected(selection);
  const left = { open: 0, replayed: 0, eventGone: 0 };
  const runs = found.filter((run) => {
    const obstacle = replayObstacle(run);
    if (obstacle) left[obstacle] += 1;
    return obstacle === null;
  });
  return { runs, left, beyond };
}

async function findSelected(selection: RunSelection): Promise<{ found: RunWithEvents[]; beyond: number }> {
  if ('runIds' in selection) return { found: await runsWithEvents(selection.runIds), beyond: 0 };
  const { functionId, errorCode } = selection;
  const found = await unresolvedRuns(functionId, errorCode, MOST_AT_ONCE);
  const all = found.length < MOST_AT_ONCE ? found.length : await countUnresolved(functionId, errorCode);
  return { found, beyond: Math.max(0, all - found.length) };
}
