import { backgroundServer } from '@/server/integrations/background/port';
import { notFound } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { findRun, impactOfRuns, stepsOf } from '../queries';
import { runsWithEvents } from '../repository';
import { hasEnded, replayObstacle } from '../rules';
import type { RunDetail } from '../schema';
import { listEffects } from './list-effects';

/** One run with its steps, its effects and what it reaches, and what the server itself says of it. Throws `not_found`. */
export async function showRun({ runId }: { runId: string }): Promise<RunDetail> {
  const [row, steps, [run], impact, { currency }, server] = await Promise.all([
    findRun(runId),
    stepsOf(runId),
    runsWithEvents([runId]),
    impactOfRuns([runId]),
    organisation(),
    backgroundServer()
      .findRun(runId)
      .catch(() => null),
  ]);
  if (!row || !run) throw notFound('run');
  const effects = await listEffects({ runs: [run] });
  return {
    ...row,
    steps,
    effects: effects.get(runId) ?? [],
    ...impact,
    currency,
    serverStatus: server?.status ?? null,
    canCancel: !hasEnded(row.state),
    canReplay: replayObstacle(run) === null,
  };
}
