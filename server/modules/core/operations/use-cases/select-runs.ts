import { countUnresolved, type RunWithEvents, runsWithEvents, unresolvedRuns } from '../repository';
import { firstUpTo, type ReplayObstacle, replayObstacle } from '../rules';
import type { RunSelection } from '../schema';

/** One action takes so many runs of a cause, and so many events of batches; the rest is reported, and taken by the next. */
const MOST_RUNS = 1_000;
const MOST_EVENTS = 5_000;

export type SelectedRuns = {
  runs: RunWithEvents[];
  left: Record<ReplayObstacle, number>;
  /** Runs beyond those that one act takes. */
  beyond: number;
};

/** The selected runs that can be repeated, oldest first, and why the others cannot. */
export async function selectRuns({ selection }: { selection: RunSelection }): Promise<SelectedRuns> {
  const { found, beyond } = await findSelected(selection);
  const left = { open: 0, replayed: 0, eventGone: 0 };
  const free = found.filter((run) => {
    const obstacle = replayObstacle(run);
    if (obstacle) left[obstacle] += 1;
    return obstacle === null;
  });
  const runs = firstUpTo(free, MOST_EVENTS, ({ events }) => events.length);
  return { runs, left, beyond: beyond + free.length - runs.length };
}

async function findSelected(selection: RunSelection): Promise<{ found: RunWithEvents[]; beyond: number }> {
  if ('runIds' in selection) return { found: await runsWithEvents(selection.runIds), beyond: 0 };
  const { functionId, errorCode } = selection;
  const found = await unresolvedRuns(functionId, errorCode, MOST_RUNS);
  const all = found.length < MOST_RUNS ? found.length : await countUnresolved(functionId, errorCode);
  return { found, beyond: Math.max(0, all - found.length) };
}
