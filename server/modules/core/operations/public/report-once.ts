import { isReported, markReported } from '../repository';

/** Reports a failed run to its subject, unless that was done before: the subject may have been resumed since. */
export async function reportOnce(runId: string, report: () => Promise<void>): Promise<void> {
  if (await isReported(runId)) return;
  await report();
  await markReported([runId]);
}
