import { createInngestServer } from './integrations/background/inngest';
import { backgroundFunctions, backgroundServer } from './integrations/background/port';
import { createLocalEmail } from './integrations/email/local';
import { email } from './integrations/email/port';
import { createSmtpEmail } from './integrations/email/smtp';
import { createLocalLis } from './integrations/lis/local';
import { lis } from './integrations/lis/port';
import { createHttpSms } from './integrations/sms/http';
import { createLocalSms } from './integrations/sms/local';
import { sms } from './integrations/sms/port';
import { spreadsheets } from './integrations/spreadsheet/port';
import { readSheet } from './integrations/spreadsheet/read-sheet';
import { sheetQueue } from './integrations/spreadsheet/sheet-queue';
import { createLocalStorage } from './integrations/storage/local';
import { storage } from './integrations/storage/port';
import { env, isPublicAddress } from './platform/env';

/**
 * The one place where ports meet their adapters. Every process of the portal calls it once: web, command line, tests.
 * Without a gateway in the settings, messages stay in the portal's own message box; codes do so only on a machine of one's own.
 */
export function composePorts(): void {
  const { FILES_DIR, SMTP_URL, SMTP_FROM, SMS_URL, SMS_TOKEN, PUBLIC_URL } = env();
  const box = { storesSecrets: !isPublicAddress(PUBLIC_URL) };
  storage.bind(createLocalStorage(FILES_DIR));
  spreadsheets.bind({ read: readSheet, inTurn: sheetQueue().run });
  lis.bind(createLocalLis());
  email.bind(SMTP_URL ? createSmtpEmail(SMTP_URL, SMTP_FROM) : createLocalEmail(box));
  // Loaded when they are first asked for: most of what a process does needs neither.
  backgroundServer.bind(createInngestServer(async () => (await import('@/inngest/client')).inngest, 'portal'));
  backgroundFunctions.bind(async () => (await import('@/inngest/functions')).functions);
  sms.bind(SMS_URL ? createHttpSms(SMS_URL, SMS_TOKEN) : createLocalSms(box));
}
