import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { composePorts } from '@/server/composition';
import { email } from '@/server/integrations/email/port';
import { sms } from '@/server/integrations/sms/port';
import { deliverText } from '@/server/modules/core/notifications/public/deliver-text';
import { type NotificationKinds, sendMessages } from '@/server/modules/core/notifications/public/send-messages';
import type { NotificationRequest, TextRequest } from '@/server/modules/core/notifications/schema';
import { systemActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';
import { ago, emptyAll, put } from './bare-rows';
import { rowsOf, withDatabase } from './database';

withDatabase();
afterAll(composePorts);

const actor = systemActor('sender');
/** What was handed to either channel, in its order. */
let handed: object[];
const takes = (channel: string) => ({
  send: async (message: object) => {
    handed.push({ channel, ...message });
    return { ref: `ref of ${channel}` };
  },
});
const refuses = (kind: 'unavailable' | 'invalid', code: string) => ({
  send: () => Promise.reject(new PortalError(kind, code)),
});
beforeEach(async () => {
  await emptyAll();
  handed = [];
  sms.bind(takes('sms'));
  email.bind(takes('email'));
});

const OTP: TextRequest = { template: 'otp', language: 'en', params: { code: '012345', minutes: 5 } };
const FREE: TextRequest = {
  template: 'order-free',
  language: 'en',
  params: { organisation: 'S', number: 'Q1-1', branch: 'Q1' },
};
const both = { phone: '+84912345678', email: 'a@x.vn' };
const FREE_WORDS = { subject: 'Order Q1-1', text: 'S: Your order Q1-1 at Q1 is registered. You have nothing to pay.' };

describe('a text', () => {
  const deliver = (
    text: TextRequest,
    recipients: { phone: string | null; email: string | null } = both,
    prefer: 'sms' | 'email' = 'sms',
  ) => deliverText({ key: 'k', prefer, recipients, text });

  it('goes by the preferred way with its key and its words; of a code the gateway knows what nobody else may read', async () => {
    expect(await deliver(FREE)).toEqual({ channel: 'sms', to: both.phone, ref: 'ref of sms' });
    expect(await deliver(OTP, both, 'email')).toEqual({ channel: 'email', to: both.email, ref: 'ref of email' });
    expect(handed).toEqual([
      { channel: 'sms', key: 'k', to: both.phone, ...FREE_WORDS },
      {
        channel: 'email',
        key: 'k',
        to: both.email,
        subject: expect.any(String),
        text: expect.stringContaining('012345'),
        secret: '012345',
      },
    ]);
  });

  it('goes the other way where the first refuses; of two refusals the one counts that may be better later, else the last', async () => {
    sms.bind(refuses('unavailable', 'sms_unavailable'));
    expect(await deliver(FREE)).toEqual({ channel: 'email', to: both.email, ref: 'ref of email' });
    email.bind(refuses('invalid', 'email_refused'));
    await expect(deliver(FREE)).rejects.toMatchObject({ code: 'sms_unavailable' });
    await expect(deliver(FREE, both, 'email')).rejects.toMatchObject({ code: 'sms_unavailable' });
    sms.bind(refuses('invalid', 'sms_refused'));
    await expect(deliver(FREE)).rejects.toMatchObject({ code: 'email_refused' });
    await expect(deliver(FREE, both, 'email')).rejects.toMatchObject({ code: 'sms_refused' });
    await expect(deliver(FREE, { phone: null, email: null })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'no_channel',
    });
  });
});

describe('notifications', () => {
  const [orders, links] = ['order-paid', 'statement-published'] as const;
  const request = (n: number | string, template: NotificationRequest['template'] = orders): NotificationRequest => ({
    template,
    dedupeKey: `key ${n}`,
    orderId: `${n}`,
  });
  let sent: object[];
  /** Two kinds whose texts are the same; what is about `none` is not there. */
  const kinds = Object.fromEntries(
    [orders, links].map((template) => [
      template,
      {
        subject: template,
        compose: async (all: readonly NotificationRequest[]) =>
          all
            .filter(({ orderId }) => orderId !== 'none')
            .map(({ dedupeKey, orderId = '' }) => ({
              dedupeKey,
              recipients: orderId === 'nobody' ? { phone: null, email: null } : both,
              text: FREE,
              params: { orderId },
            })),
        ...(template === links
          ? { onSent: async (_: unknown, these: readonly object[]) => void sent.push(...these) }
          : {}),
      },
    ]),
  ) as unknown as NotificationKinds;
  const send = (...notifications: NotificationRequest[]) => sendMessages({ actor, notifications, kinds });
  beforeEach(() => {
    sent = [];
  });

  it('are sent ten at once at most, each claimed for a minute while it is', async () => {
    let [now, most] = [0, 0];
    const claims: number[] = [];
    sms.bind({
      send: async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 30));
        const rows = await rowsOf<{ seconds: number }>(
          `SELECT extract(epoch FROM claimed_until - now())::float AS seconds FROM message WHERE state = 'queued'`,
        );
        claims.push(...rows.map(({ seconds }) => seconds));
        now -= 1;
        return { ref: 'r' };
      },
    });
    expect(await send(...Array.from({ length: 21 }, (_, n) => request(n)))).toEqual({ sent: 21, failed: 0 });
    expect(most).toBe(10);
    expect(Math.min(...claims)).toBeGreaterThan(50);
    expect(Math.max(...claims)).toBeLessThanOrEqual(60);
    expect(await rowsOf('SELECT DISTINCT state, attempts, claimed_until, failure FROM message')).toEqual([
      { state: 'sent', attempts: 1, claimed_until: null, failure: null },
    ]);
    expect(
      await rowsOf(
        `SELECT count(*)::int AS n, count(DISTINCT entity_id)::int AS of FROM audit_entry WHERE action = 'message.sent'`,
      ),
    ).toEqual([{ n: 21, of: 21 }]);
  });

  it('of several kinds are each handed back to their own, and those that were sent before are not sent again', async () => {
    await put('message', { dedupe_key: 'key 3', state: 'sent' });
    expect(await send(request(1), request(2, links), request(3))).toEqual({ sent: 3, failed: 0 });
    expect(handed).toHaveLength(2);
    const [{ id } = { id: '' }] = await rowsOf<{ id: string }>(`SELECT id FROM message WHERE dedupe_key = 'key 2'`);
    const own = { dedupeKey: 'key 2', messageId: id, channel: 'sms', params: { orderId: '2' }, recipients: both };
    expect(sent).toEqual([expect.objectContaining({ ...own, text: FREE })]);
    expect(handed).toContainEqual({ channel: 'sms', key: `message-${id}`, to: both.phone, ...FREE_WORDS });
    expect(
      await rowsOf(`SELECT template, language, channel, recipient, provider_ref, params FROM message WHERE id = $1`, [
        id,
      ]),
    ).toEqual([
      {
        template: 'order-free',
        language: 'en',
        channel: 'sms',
        recipient: both.phone,
        provider_ref: 'ref of sms',
        params: { orderId: '2' },
      },
    ]);
    expect(await rowsOf('SELECT actor_id, action, entity, detail FROM audit_entry WHERE entity_id = $1', [id])).toEqual(
      [
        {
          actor_id: 'sender',
          action: 'message.sent',
          entity: 'message',
          detail: { template: 'order-free', channel: 'sms', orderId: '2' },
        },
      ],
    );
    expect(await send(request(1), request(2, links))).toEqual({ sent: 2, failed: 0 });
    expect(handed).toHaveLength(2);
  });

  it('about what is not there are refused after the others were sent; whom nobody can reach is counted, and not tried again', async () => {
    await expect(send(request('none'), request(1))).rejects.toMatchObject({ kind: 'not-found' });
    expect(handed).toHaveLength(1);
    expect(await send(request('nobody'), request(2))).toEqual({ sent: 1, failed: 1 });
    expect(
      await rowsOf(`SELECT state, failure, channel, recipient FROM message WHERE dedupe_key = 'key nobody'`),
    ).toEqual([{ state: 'failed', failure: 'no_channel', channel: 'sms', recipient: '' }]);
    sms.bind(refuses('unavailable', 'sms_unavailable'));
    email.bind(refuses('unavailable', 'email_unavailable'));
    await expect(send(request('none'), request(3))).rejects.toMatchObject({ code: 'sms_unavailable' });
    expect(await rowsOf(`SELECT state, failure, attempts FROM message WHERE dedupe_key = 'key 3'`)).toEqual([
      { state: 'queued', failure: 'sms_unavailable', attempts: 1 },
    ]);
    sms.bind(takes('sms'));
    expect(await send(request(3))).toEqual({ sent: 1, failed: 0 });
    expect(await rowsOf(`SELECT state, failure, attempts FROM message WHERE dedupe_key = 'key 3'`)).toEqual([
      { state: 'sent', failure: null, attempts: 2 },
    ]);
  });

  it('that another sender brought to its end meanwhile are as good as sent', async () => {
    const meanwhile = {
      ...kinds,
      'order-paid': {
        subject: 'order',
        compose: async (all: readonly NotificationRequest[]) => {
          await put('message', { dedupe_key: all[0]?.dedupeKey, state: 'sent' });
          return kinds['order-paid'].compose(all);
        },
      },
    };
    expect(await sendMessages({ actor, notifications: [request(1), request(2)], kinds: meanwhile })).toEqual({
      ...{ sent: 2, failed: 0 },
    });
    expect(handed).toHaveLength(1);
  });

  it('that others have, in groups of which one cannot be read, do not hold up the rest', async () => {
    await put('message', { dedupe_key: 'key 0', claimed_until: ago(-0.5) });
    const all = Array.from({ length: 12 }, (_, n) => request(n));
    const refused = await send(...all).catch((error: PortalError) => error);
    expect(refused).toMatchObject({ kind: 'unavailable', code: 'being_sent' });
    expect([30, 31]).toContain((refused as PortalError).params.seconds);
    expect(handed).toHaveLength(11);
    const wrong = {
      ...kinds,
      'order-paid': {
        subject: 'x',
        compose: (rows: readonly NotificationRequest[]) =>
          rows.length > 9 ? Promise.reject(new PortalError('invalid', 'x')) : kinds['order-paid'].compose(rows),
      },
    };
    const next = Array.from({ length: 12 }, (_, n) => request(100 + n));
    await expect(sendMessages({ actor, notifications: next, kinds: wrong })).rejects.toMatchObject({ code: 'x' });
    expect(handed).toHaveLength(13);
  });
});
