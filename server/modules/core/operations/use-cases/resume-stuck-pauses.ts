import { functionResumed } from '@/inngest/events/core/operations';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { findStuckPauses } from '../repository';

/** Tells runs once more that their function goes on: one that parked in the very moment of the resumption did not hear it. */
export async function resumeStuckPauses(): Promise<number> {
  const functions = await findStuckPauses();
  for (const functionId of functions) {
    await inTransaction((tx) => publish(tx, functionResumed, { functionId }));
  }
  return functions.length;
}
