import { createTransport } from 'nodemailer';
import { PortalError } from '@/server/platform/errors';
import type { EmailSender } from './port';

const TIMEOUT_MS = 10_000;

// A message of the mail server may quote the address it refuses, so only its codes are passed on.
function mailError(error: unknown): PortalError {
  const facts = error instanceof Error ? (error as Error & { code?: unknown; responseCode?: unknown }) : undefined;
  const status = typeof facts?.responseCode === 'number' ? facts.responseCode : 0;
  const message = `mail server: ${typeof facts?.code === 'string' ? facts.code : 'error'} ${status || ''}`.trim();
  // RFC 5321: 5yz is final for this message; 4yz and no answer at all are for later. 530–539 speak of us, not of the message.
  // Without a status an envelope error is an address that is none.
  const final = status === 0 ? facts?.code === 'EENVELOPE' : status >= 500 && !(status >= 530 && status < 540);
  return final
    ? new PortalError('invalid', 'email_refused', { message })
    : new PortalError('unavailable', 'email_unavailable', { message });
}

/** Sends through an SMTP server (`smtp://user:password@host:port`, `smtps://…`). The message's key is its Message-ID. */
export function createSmtpEmail(url: string, from: string): EmailSender {
  const transport = createTransport({
    url,
    pool: true,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    async send({ key, to, subject, text }) {
      try {
        const sent = await transport.sendMail({ from, to, subject, text, messageId: `<${key}@${domain}>` });
        return { ref: sent.messageId };
      } catch (error) {
        throw mailError(error);
      }
    },
  };
}
