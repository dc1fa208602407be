import { db } from '@/server/platform/db';
import type { EmailSender } from './port';

/** Keeps e-mail in the local message box instead of sending it: it stands for the mailbox. */
export function createLocalEmail(): EmailSender {
  return {
    async send({ key, to, subject, text }) {
      const create = { channel: 'email', key, to, subject, text };
      const { id } = await db().localMessage.upsert({ where: { key }, create, update: {}, select: { id: true } });
      return { ref: id };
    },
  };
}
