import { beforeEach, describe, expect, it } from 'vitest';
import { notificationKinds } from '@/inngest/functions/core/notification-kinds';
import { email } from '@/server/integrations/email/port';
import { sms } from '@/server/integrations/sms/port';
import { failMessage } from '@/server/modules/core/notifications/public/fail-message';
import { sendMessages } from '@/server/modules/core/notifications/public/send-messages';
import { resumeMessages } from '@/server/modules/core/notifications/use-cases/resume-messages';
import { PortalError } from '@/server/platform/errors';
import { withDatabase } from './database';
import { actor, bindLocalMessages, makeDoctor } from './gate-fixture';
import { countOf, oneOf, rowsOf } from './till-fixture';

withDatabase();
beforeEach(async () => {
  bindLocalMessages();
  await rowsOf('DELETE FROM message');
});

const keyOf = (linkId: string) => `statement-published:${linkId}`;
const send = (...linkIds: string[]) =>
  sendMessages({
    actor,
    notifications: linkIds.map((linkId) => ({
      template: 'statement-published' as const,
      dedupeKey: keyOf(linkId),
      linkId,
    })),
    kinds: notificationKinds,
  });
const refused = (kind: 'unavailable' | 'invalid', code: string) => ({
  send: () => Promise.reject(new PortalError(kind, code)),
});
const messageOf = (linkId: string) =>
  oneOf<Record<string, unknown>>('SELECT * FROM message WHERE dedupe_key = $1', [keyOf(linkId)]);

/** A message that a sender has claimed, `seconds` before its claim runs out; less than nothing is after that. */
async function claimed(linkId: string, seconds: number, state = 'queued'): Promise<void> {
  await rowsOf(
    `INSERT INTO message (dedupe_key, template, language, channel, recipient, params, state, claimed_until)
     VALUES ($1, 'statement-published', 'vi', 'sms', 'x', jsonb_build_object('linkId', $2::text), $3, now() + make_interval(secs => $4))`,
    [keyOf(linkId), linkId, state, seconds],
  );
}

describe('a message that another sender has claimed', () => {
  it('is not sent, and the second sender learns when to try again', async () => {
    const { linkId, phone } = await makeDoctor();
    await claimed(linkId, 40);
    const answered = await send(linkId).catch((error: PortalError) => error);
    expect(answered).toMatchObject({ code: 'being_sent', retryable: true });
    const { seconds } = (answered as PortalError).params;
    expect(seconds).toBeGreaterThan(35);
    expect(seconds).toBeLessThanOrEqual(41);
    expect(await countOf(`local_message WHERE "to" = '${phone}'`)).toBe(0);
  });

  it('holds up none that stands beside it', async () => {
    const [held, free] = [await makeDoctor(), await makeDoctor()];
    await claimed(held.linkId, 40);
    await expect(send(held.linkId, free.linkId)).rejects.toMatchObject({ code: 'being_sent' });
    expect(await messageOf(free.linkId)).toMatchObject({ state: 'sent' });
  });

  it('is sent by who comes when the claim has run out', async () => {
    const { linkId } = await makeDoctor();
    await claimed(linkId, -1);
    expect(await send(linkId)).toEqual({ sent: 1, failed: 0 });
    expect(await messageOf(linkId)).toMatchObject({ state: 'sent', attempts: 1, claimed_until: null });
  });

  it('is done where it has been sent meanwhile', async () => {
    const { linkId } = await makeDoctor();
    await claimed(linkId, 40, 'sent');
    expect(await send(linkId)).toEqual({ sent: 1, failed: 0 });
    expect(await messageOf(linkId)).toMatchObject({ attempts: 0 });
  });
});

describe('a sweep of claims', () => {
  it('frees what was abandoned for a minute, requests it again, and leaves the rest', async () => {
    const [late, lately, sent] = [await makeDoctor(), await makeDoctor(), await makeDoctor()];
    await claimed(late.linkId, -62);
    await claimed(lately.linkId, -58);
    await claimed(sent.linkId, -62, 'sent');
    expect(await resumeMessages()).toBe(1);
    expect(await resumeMessages()).toBe(0);
    expect(await messageOf(late.linkId)).toMatchObject({ state: 'queued', claimed_until: null });
    expect(await messageOf(lately.linkId)).toMatchObject({ claimed_until: expect.any(Date) });
    const events = await rowsOf(
      `SELECT data FROM outbox_event WHERE name = 'notification/requested' AND data ->> 'dedupeKey' = $1`,
      [keyOf(late.linkId)],
    );
    expect(events).toEqual([
      { data: { template: 'statement-published', dedupeKey: keyOf(late.linkId), linkId: late.linkId } },
    ]);
    const { id } = await messageOf(late.linkId);
    expect(
      await rowsOf(`SELECT action, entity, actor_kind, actor_id FROM audit_entry WHERE entity_id = $1`, [id]),
    ).toEqual([{ action: 'message.resumed', entity: 'message', actor_kind: 'system', actor_id: 'sweep' }]);
  });
});

describe('what is written down of a message', () => {
  it('names the way that it should go, also while it has not gone', async () => {
    const mailed = await makeDoctor({ phone: null, language: 'en' });
    email.bind(refused('unavailable', 'email_unavailable'));
    await expect(send(mailed.linkId)).rejects.toMatchObject({ code: 'email_unavailable' });
    expect(await messageOf(mailed.linkId)).toMatchObject({
      state: 'queued',
      channel: 'email',
      recipient: mailed.email,
      language: 'en',
      template: 'statement-published',
      failure: 'email_unavailable',
      claimed_until: null,
    });
  });

  it('is a record of each that was sent, by its way and what it was about', async () => {
    const [first, second] = [await makeDoctor(), await makeDoctor({ phone: null })];
    expect(await send(first.linkId, second.linkId)).toEqual({ sent: 2, failed: 0 });
    const written = await rowsOf(
      `SELECT e.detail FROM audit_entry e JOIN message m ON m.id::text = e.entity_id WHERE e.action = 'message.sent' AND e.entity = 'message' ORDER BY m.channel`,
    );
    expect(written).toEqual([
      { detail: { template: 'statement-published', channel: 'email', linkId: second.linkId } },
      { detail: { template: 'statement-published', channel: 'sms', linkId: first.linkId } },
    ]);
    const { id } = await messageOf(first.linkId);
    expect(await rowsOf(`SELECT detail FROM link_event WHERE link_id = $1 AND kind = 'sent'`, [first.linkId])).toEqual([
      { detail: { messageId: id, channel: 'sms' } },
    ]);
    expect(await messageOf(first.linkId)).toMatchObject({
      sent_at: expect.any(Date),
      provider_ref: expect.any(String),
      recipient: first.phone,
    });
  });

  it('is one failure for good among many that are sent, of which the first retryable one is thrown', async () => {
    const [nobody, first, second] = [
      await makeDoctor({ phone: null, email: null }),
      await makeDoctor({ email: null }),
      await makeDoctor({ phone: null }),
    ];
    expect(await send(nobody.linkId, first.linkId)).toEqual({ sent: 1, failed: 1 });
    sms.bind(refused('unavailable', 'sms_unavailable'));
    await rowsOf('DELETE FROM message');
    await expect(send(crypto.randomUUID(), first.linkId, second.linkId)).rejects.toMatchObject({
      code: 'sms_unavailable',
    });
    expect(await messageOf(second.linkId)).toMatchObject({ state: 'sent' });
  });

  it('is sent in groups, and as many as come', async () => {
    const many: string[] = [];
    while (many.length < 45) many.push((await makeDoctor()).linkId);
    expect(await send(...many)).toEqual({ sent: 45, failed: 0 });
    expect(await countOf(`message WHERE state = 'sent'`)).toBe(45);
  });

  it('stays as it was when it is marked failed after it was sent, or was never there', async () => {
    const { linkId } = await makeDoctor();
    await send(linkId);
    const before = await countOf('audit_entry');
    await failMessage({ actor, dedupeKey: keyOf(linkId), failure: 'x' });
    await failMessage({ actor, dedupeKey: 'no such', failure: 'x' });
    expect([(await messageOf(linkId)).state, await countOf('audit_entry')]).toEqual(['sent', before]);
  });
});
