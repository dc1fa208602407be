import { functionResumed } from '@/inngest/events/core/operations';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { findStuckPauses } from '../repository';

/** Notifies runs once more that their function was resumed: a run that paused in the very moment of the resumption missed it. */
export async function resumeStuckPauses(): Promise<number> {
  const functions = await findStuckPauses();
  for (const functionId of functions) {
    await inTransaction((tx) => publish(tx, functionResumed, { functionId }));
  }
  return functions.length;
}
