import { db } from '@/server/platform/db';
import type { SmsSender } from './port';

/** Keeps text messages in the local message box instead of sending them: it stands for the phone. */
export function createLocalSms(): SmsSender {
  return {
    async send({ key, to, text }) {
      const create = { channel: 'sms', key, to, text };
      const { id } = await db().localMessage.upsert({ where: { key }, create, update: {}, select: { id: true } });
      return { ref: id };
    },
  };
}
