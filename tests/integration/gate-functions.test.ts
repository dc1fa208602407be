import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { notificationRequested } from '@/inngest/events/core/notifications';
import { openLink } from '@/server/modules/referral/statement-access/use-cases/open-link';
import { requestCode } from '@/server/modules/referral/statement-access/use-cases/request-code';
import { verifyCode } from '@/server/modules/referral/statement-access/use-cases/verify-code';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { startBackgroundOfTest } from './background';
import { openDatabase } from './database';
import { anotherAddress, bindLocalMessages, makeDoctor, newestCode, rowsOf, visitor } from './gate-fixture';

let close: () => Promise<void>;
beforeAll(async () => {
  const database = await openDatabase();
  bindLocalMessages();
  const background = await startBackgroundOfTest(database.url);
  close = async () => {
    await background.close();
    await database.close();
  };
});
afterAll(() => close());

const soon = { timeout: 60_000, interval: 100 };

it('sends the code that was asked for and reviews what happened, all by events', async () => {
  const doctor = await makeDoctor();
  const by = visitor({ addressHash: anotherAddress() });
  await openLink({ token: doctor.token, browser: null, visitor: by, again: false });
  const { browser } = await requestCode({ token: doctor.token, browser: null, visitor: by, channel: 'sms' });
  const code = await vi.waitFor(() => newestCode(doctor.phone ?? ''), soon);
  await verifyCode({ token: doctor.token, browser, visitor: by, code });
  await vi.waitFor(async () => {
    const rows = await rowsOf('SELECT opened, verified, browsers FROM link_activity WHERE link_id = $1', [
      doctor.linkId,
    ]);
    expect(rows).toEqual([{ opened: 1, verified: 1, browsers: 1 }]);
  }, soon);
  const reported = await rowsOf<{ data: string }>('SELECT data::text FROM outbox_event');
  expect(reported.some(({ data }) => data.includes(code) || data.includes(doctor.token))).toBe(false);
});

it('sends a notice once for twenty events of one key', async () => {
  const doctor = await makeDoctor();
  const dedupeKey = `statement-published:${doctor.statementId}`;
  const event = { template: 'statement-published' as const, dedupeKey, linkId: doctor.linkId };
  await inTransaction(async (tx) => {
    for (let n = 0; n < 20; n += 1) await publish(tx, notificationRequested, event);
  });
  await vi.waitFor(async () => {
    const waiting = await rowsOf(
      `SELECT 1 FROM outbox_event WHERE name = 'notification/requested' AND published_at IS NULL`,
    );
    const sent = await rowsOf(`SELECT 1 FROM message WHERE dedupe_key = $1 AND state = 'sent'`, [dedupeKey]);
    expect([waiting.length, sent.length]).toEqual([0, 1]);
  }, soon);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await rowsOf('SELECT 1 FROM local_message WHERE "to" = $1', [doctor.phone])).toHaveLength(1);
});
