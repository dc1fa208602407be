import type { PortalFunction } from '../define-function';
import { notificationsFunction } from './notifications/notifications';
import { orderFunction } from './orders/order';
import { posOrderFunction } from './orders/pos-order';
import { doctorStatementFunction } from './statements/doctor-statement';
import { generateStatementPdfFunction } from './statements/generate-statement-pdf';
import { sendOtpFunction } from './statements/send-otp';
import { statementBatchPublisherFunction } from './statements/statement-batch-publisher';
import { statementLinkEventFunction } from './statements/statement-link-event';
import { uploadFunctions } from './uploads/orders-bulk-upload';

/** The one registry: what is not listed here does not run. */
export const functions: PortalFunction[] = [
  sendOtpFunction,
  statementLinkEventFunction,
  notificationsFunction,
  orderFunction,
  posOrderFunction,
  statementBatchPublisherFunction,
  doctorStatementFunction,
  generateStatementPdfFunction,
  ...uploadFunctions,
];
