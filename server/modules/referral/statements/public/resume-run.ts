import type { Actor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { lastRun, runState } from '../repository';
import { requestStatementRun } from '../use-cases/request-statement-run';

/**
 * Resumes a month whose run failed: its other chunks were skipped since, so the month is requested again. Where the
 * run did not fail, or another call was faster, there is nothing to do.
 */
export async function resumeRun({
  actor,
  runId,
  periodId,
}: {
  actor: Actor;
  runId: string;
  periodId: string;
}): Promise<void> {
  const run = await runState(runId);
  if (run?.state !== 'failed') return;
  if ((await inTransaction((tx) => lastRun(tx, periodId)))?.state !== 'failed') return;
  try {
    await requestStatementRun({ actor, month: run.month });
  } catch (error) {
    if (!(error instanceof PortalError && error.kind === 'conflict')) throw error;
  }
}
