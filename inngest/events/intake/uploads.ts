import { z } from 'zod';
import { TIERS } from '@/server/domain/tier';
import { defineEvent } from '../define-event';

/** The ready rows of an upload are to be written; the tier names the lane that does it. */
export const orderUploadCommitted = defineEvent(
  'order-upload/committed',
  z.object({ uploadId: z.uuid(), tier: z.enum(TIERS) }),
);
