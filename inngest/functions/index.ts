import type { PortalFunction } from '../define-function';
import { notificationsFunction } from './notifications/notifications';
import { sendOtpFunction } from './statements/send-otp';
import { statementLinkEventFunction } from './statements/statement-link-event';

/** The one registry: what is not listed here does not run. */
export const functions: PortalFunction[] = [sendOtpFunction, statementLinkEventFunction, notificationsFunction];
