import { z } from 'zod';
import { defineEvent } from '../define-event';

/** A month's drafts are to be made. */
export const batchRequested = defineEvent(
  'statement/batch.requested',
  z.object({ runId: z.uuid(), periodId: z.uuid() }),
);

/** One chunk of a run: the drafts of these doctors. `chunk` names it within its run. */
export const generationRequested = defineEvent(
  'statement/generation.requested',
  z.object({
    runId: z.uuid(),
    periodId: z.uuid(),
    chunk: z.number().int().min(0),
    doctorIds: z.array(z.uuid()).min(1).max(500),
  }),
);

/** Every draft of a run is made. */
export const statementGenerated = defineEvent('statement/generated', z.object({ runId: z.uuid(), periodId: z.uuid() }));

export const statementApproved = defineEvent('statement/approved', z.object({ statementId: z.uuid() }));

/** The PDF of a sealed statement is wanted again. */
export const statementPdfRequested = defineEvent('statement/pdf.requested', z.object({ statementId: z.uuid() }));

export const statementPdfReady = defineEvent('statement/pdf.ready', z.object({ statementId: z.uuid() }));
