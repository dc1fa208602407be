import type { PortalFunction } from '@/inngest/define-function';
import { doctorStatementFunction } from './doctor-statement';
import { generateStatementPdfFunction } from './generate-statement-pdf';
import { sendOtpFunction } from './send-otp';
import { statementBatchPublisherFunction } from './statement-batch-publisher';
import { statementLinkEventFunction } from './statement-link-event';

export const referralFunctions: PortalFunction[] = [
  sendOtpFunction,
  statementLinkEventFunction,
  statementBatchPublisherFunction,
  doctorStatementFunction,
  generateStatementPdfFunction,
];
