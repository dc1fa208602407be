import { db } from '@/server/platform/db';
import type { EmailSender } from './port';

/** Keeps e-mail in the local message box instead of sending it: it stands for the mailbox. */
export function createLocalEmail(): EmailSender {
  return {
    async send({ to, subject, text }) {
      const data = { channel: 'email', to, subject, text };
      const { id } = await db().localMessage.create({ data, select: { id: true } });
      return { ref: id };
    },
  };
}
