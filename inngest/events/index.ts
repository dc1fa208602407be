import type { EventContract } from './define-event';
import { linkEventRecorded, otpRequested } from './gate';
import { notificationRequested } from './notifications';
import { functionResumed, replayRequested } from './operations';
import { orderCreated, posOrderPaid } from './orders';
import {
  batchRequested,
  generationRequested,
  statementApproved,
  statementGenerated,
  statementPdfReady,
  statementPdfRequested,
} from './statements';
import { orderUploadCommitted } from './uploads';

/** Every event by its name; the relay refuses to deliver one that is not here or does not fit. */
export const events: EventContract[] = [
  otpRequested,
  linkEventRecorded,
  notificationRequested,
  orderCreated,
  posOrderPaid,
  batchRequested,
  generationRequested,
  statementGenerated,
  statementApproved,
  statementPdfRequested,
  statementPdfReady,
  orderUploadCommitted,
  replayRequested,
  functionResumed,
];
