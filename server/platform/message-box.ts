import { db, sql } from './db';

/** Keeps a message in the local box, once by its key; `ref` is the row that is there. */
export async function storeInBox(message: {
  channel: 'sms' | 'email';
  key: string;
  to: string;
  subject?: string;
  text: string;
}): Promise<{ ref: string }> {
  const { channel, key, to, subject = null, text } = message;
  const [kept] = await db().$queryRaw<{ ref: string }[]>(sql`
    WITH added AS (
      INSERT INTO local_message (channel, key, "to", subject, text) VALUES (${channel}, ${key}, ${to}, ${subject}, ${text})
      ON CONFLICT (key) DO NOTHING RETURNING id)
    SELECT id AS ref FROM added UNION ALL SELECT id FROM local_message WHERE key = ${key} LIMIT 1`);
  return kept ?? storeInBox(message);
}
