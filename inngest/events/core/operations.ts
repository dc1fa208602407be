import { z } from 'zod';
import { defineEvent } from '../define-event';

/**
 * The work of a run is to be done again, from its beginning. A run that took several events is repeated by one of these for
 * each. `eventId`, `eventName` and `data` are those of the event that started it; null where the clock did.
 */
export const replayRequested = defineEvent(
  'operations/replay.requested',
  z.object({
    functionId: z.string().min(1).max(100),
    runId: z.string().min(1).max(64),
    eventId: z.uuid().nullable(),
    eventName: z.string().max(100).nullable(),
    data: z.record(z.string(), z.unknown()).nullable(),
  }),
);

/** A paused function goes on; its runs wait for this. */
export const functionResumed = defineEvent(
  'operations/function.resumed',
  z.object({ functionId: z.string().min(1).max(100) }),
);
