import { notificationRequested } from './core/notifications';
import { functionResumed, replayRequested } from './core/operations';
import type { EventContract } from './define-event';
import { orderUploadCommitted } from './intake/uploads';
import { linkEventRecorded, otpRequested } from './referral/statement-access';
import {
  batchRequested,
  generationRequested,
  statementApproved,
  statementGenerated,
  statementPdfReady,
  statementPdfRequested,
} from './referral/statements';
import { orderCreated, posOrderGivenBack, posOrderPaid } from './sales/orders';

/** Every event by its name; the relay refuses to deliver one that is not here or does not fit. */
export const events: EventContract[] = [
  otpRequested,
  linkEventRecorded,
  notificationRequested,
  orderCreated,
  posOrderPaid,
  posOrderGivenBack,
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
