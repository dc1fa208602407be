import { PortalError } from '@/server/platform/errors';
import { runState } from '../repository';

const LOOK_EVERY_MS = 200;

/** Waits until a run has ended; the running instance does the work. Throws `run_failed`. */
export async function followRun({ runId }: { runId: string }): Promise<void> {
  for (;;) {
    const run = await runState(runId);
    if (!run || run.state === 'failed')
      throw new PortalError('unavailable', 'run_failed', { params: { month: run?.month ?? '' } });
    if (run.state === 'done') return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
