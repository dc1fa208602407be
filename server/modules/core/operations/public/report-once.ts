import { isReported, markReported } from '../repository';

/** Tells what a run was about that it failed, unless it has been told: by then it may have been taken up anew. */
export async function reportOnce(runId: string, report: () => Promise<void>): Promise<void> {
  if (await isReported(runId)) return;
  await report();
  await markReported([runId]);
}
