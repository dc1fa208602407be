import { beforeEach, expect, it } from 'vitest';
import { notificationRequested } from '@/inngest/events/core/notifications';
import { notificationKinds } from '@/inngest/functions/core/notification-kinds';
import { email } from '@/server/integrations/email/port';
import { sms } from '@/server/integrations/sms/port';
import { sendMessages } from '@/server/modules/core/notifications/public/send-messages';
import { resumeMessages } from '@/server/modules/core/notifications/use-cases/resume-messages';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { PortalError } from '@/server/platform/errors';
import { withDatabase } from './database';
import { actor, bindLocalMessages, makeDoctor } from './gate-fixture';
import { cartOf, makeCashier, makeFixture, oneOf, rowsOf } from './till-fixture';

withDatabase();
beforeEach(bindLocalMessages);

/** As a sender that dies between the claim and the gateway leaves a message. */
async function abandoned(notification: Parameters<typeof sendMessages>[0]['notifications'][number]): Promise<void> {
  for (const port of [sms, email])
    port.bind({ send: () => Promise.reject(new PortalError('unavailable', 'sms_unavailable')) });
  await expect(sendMessages({ actor, notifications: [notification], kinds: notificationKinds })).rejects.toThrow();
  await rowsOf(
    "UPDATE message SET failure = NULL, claimed_until = now() - interval '2 minutes' WHERE dedupe_key = $1",
    [notification.dedupeKey],
  );
  bindLocalMessages();
}

it('whatever it was to say, a message whose sender died is requested again and sent', async () => {
  await makeFixture();
  const { actor: cashier } = await makeCashier('T1', 'Q1', 'branch-manager');
  const { id: customerId } = await oneOf<{ id: string }>("SELECT id FROM customer WHERE code = 'PLAIN'");
  const sold = [
    await createPaidOrder({ actor: cashier, cart: await cartOf({ terms: 'account', customerId, payments: [] }) }),
    await createPaidOrder({
      actor: cashier,
      cart: await cartOf({ services: [{ code: 'CBC', discountPercent: '100' }], payments: [] }),
    }),
  ];
  for (const { orderId } of sold)
    await abandoned({ template: 'order-paid', orderId, dedupeKey: `order-paid:${orderId}` });
  const { linkId } = await makeDoctor();
  await abandoned({ template: 'statement-published', linkId, dedupeKey: `statement-published:${linkId}` });
  expect(
    (await rowsOf<{ template: string }>('SELECT template FROM message ORDER BY 1')).map((one) => one.template),
  ).toEqual(['order-free', 'order-on-account', 'statement-published']);

  expect(await resumeMessages()).toBe(3);
  const events = await rowsOf<{ data: unknown }>("SELECT data FROM outbox_event WHERE name = 'notification/requested'");
  const requests = events.map(({ data }) => notificationRequested.schema.parse(data));
  expect(await sendMessages({ actor, notifications: requests, kinds: notificationKinds })).toEqual({
    sent: 3,
    failed: 0,
  });
});
