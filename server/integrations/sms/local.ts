import { db } from '@/server/platform/db';
import type { SmsSender } from './port';

/** Keeps text messages in the local message box instead of sending them: it stands for the phone. */
export function createLocalSms(): SmsSender {
  return {
    async send({ to, text }) {
      const { id } = await db().localMessage.create({ data: { channel: 'sms', to, text }, select: { id: true } });
      return { ref: id };
    },
  };
}
