import { z } from 'zod';
import { defineEvent } from '../define-event';

/** A doctor asked for a code; it is made when it is sent. */
export const otpRequested = defineEvent('otp/requested', z.object({ challengeId: z.uuid() }));

/** Something happened to a statement link; the row holds the facts. */
export const linkEventRecorded = defineEvent(
  'statement-link/event.recorded',
  z.object({ eventId: z.uuid(), linkId: z.uuid() }),
);
