import { procedure, router } from '@/server/api/trpc';
import { listRuns, readPace } from './queries';
import { cancelInput, listRunsInput, pauseInput, replayInput, resumeInput, runIdInput, runSelection } from './schema';
import { cancelRuns } from './use-cases/cancel-runs';
import { pauseFunction } from './use-cases/pause-function';
import { previewReplay } from './use-cases/preview-replay';
import { replayRuns } from './use-cases/replay-runs';
import { resumeFunction } from './use-cases/resume-function';
import { showOperations } from './use-cases/show-operations';
import { showRun } from './use-cases/show-run';

export const operationsRouter = router({
  overview: procedure('operations.read').query(() => showOperations()),
  pace: procedure('operations.read').query(() => readPace()),
  runs: procedure('operations.read')
    .input(listRunsInput)
    .query(({ input }) => listRuns(input)),
  run: procedure('operations.read')
    .input(runIdInput)
    .query(({ input }) => showRun(input)),
  previewReplay: procedure('operations.read')
    .input(runSelection)
    .query(({ input }) => previewReplay({ selection: input })),
  replay: procedure('operations.act')
    .input(replayInput)
    .mutation(({ ctx, input }) => replayRuns({ actor: ctx.actor, ...input })),
  cancel: procedure('operations.act')
    .input(cancelInput)
    .mutation(({ ctx, input }) => cancelRuns({ actor: ctx.actor, ...input })),
  pause: procedure('operations.act')
    .input(pauseInput)
    .mutation(({ ctx, input }) => pauseFunction({ actor: ctx.actor, ...input })),
  resume: procedure('operations.act')
    .input(resumeInput)
    .mutation(({ ctx, input }) => resumeFunction({ actor: ctx.actor, ...input })),
});
