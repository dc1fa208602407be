import { createHash } from 'node:crypto';
import { checkPause } from '@/server/modules/core/operations/public/check-pause';
import { functionResumed } from './events/core/operations';

/** A run may hold a thousand steps: at an hour each, a pause may last for weeks. */
const WAIT = '1h';

/** How the SDK and its servers name a step. */
const nameOfStep = (id: string): string => createHash('sha1').update(id).digest('hex');

type WaitForEvent = (id: string, options: { event: string; if: string; timeout: string }) => Promise<unknown>;

/**
 * Lets a run start, or pauses it while its function is paused: it waits for the resumption as a step of its own, takes
 * no slot, and nothing of its work happens. A run whose work has left steps behind goes on. `remembered` are the steps that the
 * server remembers of the run.
 */
export async function passGate({
  functionId,
  remembered,
  waitForEvent,
  onPause,
}: {
  functionId: string;
  remembered: ReadonlySet<string>;
  waitForEvent: WaitForEvent;
  onPause: () => void;
}): Promise<void> {
  for (let waits = 0; ; waits += 1) {
    const id = `paused-${waits + 1}`;
    if (!remembered.has(nameOfStep(id))) {
      const hasBegun = remembered.size > waits;
      if (hasBegun || !(await checkPause({ functionId, fresh: waits > 0 }))) return;
      onPause();
    }
    await waitForEvent(id, {
      event: functionResumed.name,
      if: `async.data.functionId == '${functionId}'`,
      timeout: WAIT,
    });
  }
}
