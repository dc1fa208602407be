import type { Actor } from '@/server/platform/actor';
import { recordAudits } from '@/server/platform/audit';
import { inTransaction, type Transaction } from '@/server/platform/db';
import { asPortalError, notFound, PortalError } from '@/server/platform/errors';
import { findMessages } from '../queries';
import { addMessages, claimMessages, markFailed, markSent } from '../repository';
import { waysTo } from '../rules';
import type { Channel, Notification, NotificationRequest, SentNotification } from '../schema';
import { deliverText } from './deliver-text';

/** So many gateways are waited for at once; no more is claimed than is sent at once. */
const AT_ONCE = 10;
/** Longer than any gateway is waited for, both channels together. */
const CLAIM_SECONDS = 60;

/** A kind of notification, of the module that owns its subject. */
export type NotificationKind = {
  /** What the notifications are about, for the log. */
  subject: string;
  /**
   * The texts of notifications and their recipients, composed each time and not stored, for they may contain a link. What is
   * about something that there is not, or no longer, is left out.
   */
  compose: (requests: readonly NotificationRequest[]) => Promise<Notification[]>;
  /** Called in the transaction that marks the notifications as sent. */
  onSent?: (tx: Transaction, sent: readonly SentNotification[]) => Promise<void>;
};
export type NotificationKinds = Readonly<Record<NotificationRequest['template'], NotificationKind>>;

type Composed = Notification & { kind: NotificationKind };
type Claimed = Composed & { id: string };
type Sent = Claimed & { sent: { channel: Channel; to: string; ref: string } };

/**
 * Sends notifications, each to one person and once, whatever happens to the others: the same `dedupeKey` again does nothing. The rows
 * keep ids, channel, state and tries; the texts are kept nowhere. Sent at least once: a process that dies between a gateway's answer and the
 * row sends it again under the same key, which a gateway drops. Throws when the last one was tried, first what is worth another
 * try: `sms_unavailable` or `email_unavailable` when neither channel took it, `being_sent` while another sender has it (its claim
 * is not final: its holder may have died), `not_found`. Answers how many were sent, now or before, and how many never will be.
 */
export async function sendMessages({
  actor,
  notifications,
  kinds,
}: {
  actor: Actor;
  notifications: readonly NotificationRequest[];
  kinds: NotificationKinds;
}): Promise<{ sent: number; failed: number }> {
  const failures: unknown[] = [];
  let failed = 0;
  for (let place = 0; place < notifications.length; place += AT_ONCE) {
    const group = notifications.slice(place, place + AT_ONCE);
    // One group that cannot even be read must not keep the next from being tried.
    const ended = await sendGroup(actor, group, kinds).catch((error: unknown) => ({ failures: [error], failed: 0 }));
    failures.push(...ended.failures);
    failed += ended.failed;
  }
  const first = failures.find((failure) => asPortalError(failure).retryable) ?? failures[0];
  if (first) throw first;
  return { sent: notifications.length - failed, failed };
}

async function sendGroup(
  actor: Actor,
  group: readonly NotificationRequest[],
  kinds: NotificationKinds,
): Promise<{ failures: unknown[]; failed: number }> {
  const known = await findMessages(group.map(({ dedupeKey }) => dedupeKey));
  const unsent = group.filter(({ dedupeKey }) => known.get(dedupeKey)?.state !== 'sent');
  if (unsent.length === 0) return { failures: [], failed: 0 };
  const { notifications, unknown } = await compose(unsent, kinds);
  const claimed = await claim(notifications);
  const taken = new Set(claimed.map(({ dedupeKey }) => dedupeKey));
  const refused = notifications.flatMap(({ dedupeKey }) => (taken.has(dedupeKey) ? [] : [dedupeKey]));
  const keep = recorder(actor);
  const ends = await Promise.allSettled(claimed.map((notification) => send(notification, keep)));
  const wrong = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  const final = ends.filter((end) => end.status === 'fulfilled' && !end.value).length;
  return { failures: [...unknown, ...(await lockedByOthers(refused)), ...wrong], failed: final };
}

async function compose(
  requests: readonly NotificationRequest[],
  kinds: NotificationKinds,
): Promise<{ notifications: Composed[]; unknown: PortalError[] }> {
  const composed = await Promise.all(
    Object.entries(kinds).map(async ([template, kind]) => {
      const own = requests.filter((request) => request.template === template);
      const notifications = own.length > 0 ? await kind.compose(own) : [];
      const known = new Set(notifications.map(({ dedupeKey }) => dedupeKey));
      const unknown = own.flatMap(({ dedupeKey }) => (known.has(dedupeKey) ? [] : notFound(kind.subject)));
      return { notifications: notifications.map((notification) => ({ ...notification, kind })), unknown };
    }),
  );
  return {
    notifications: composed.flatMap(({ notifications }) => notifications),
    unknown: composed.flatMap(({ unknown }) => unknown),
  };
}

async function claim(notifications: readonly Composed[]): Promise<Claimed[]> {
  if (notifications.length === 0) return [];
  const rows = notifications.map(({ dedupeKey, text, recipients, params }) => {
    const { channel, to } = waysTo(recipients, 'sms')[0] ?? { channel: 'sms', to: '' };
    return { dedupeKey, template: text.template, language: text.language, channel, recipient: to, params };
  });
  const ids = await inTransaction(async (tx) => {
    await addMessages(tx, rows);
    return claimMessages(
      tx,
      rows.map(({ dedupeKey }) => dedupeKey),
      CLAIM_SECONDS,
    );
  });
  return notifications.flatMap((notification) => {
    const id = ids.get(notification.dedupeKey);
    return id ? [{ ...notification, id }] : [];
  });
}

/** A caller that finds a claim retries when it has expired. */
async function lockedByOthers(keys: readonly string[]): Promise<PortalError[]> {
  if (keys.length === 0) return [];
  const found = await findMessages(keys);
  const claimed = keys.filter((key) => found.get(key)?.state !== 'sent');
  return claimed.map((key) => {
    const seconds = (found.get(key)?.claimSeconds ?? 0) + 1;
    return new PortalError('unavailable', 'being_sent', { params: { seconds } });
  });
}

/** Sends one; false where it can never be sent. */
async function send(notification: Claimed, keep: (sent: Sent) => Promise<void>): Promise<boolean> {
  const { id, recipients, text } = notification;
  const prefer = waysTo(recipients, 'sms')[0]?.channel ?? 'sms';
  try {
    await keep({ ...notification, sent: await deliverText({ key: `message-${id}`, prefer, recipients, text }) });
    return true;
  } catch (error) {
    const { code, retryable } = asPortalError(error);
    await inTransaction((tx) => markFailed(tx, id, code, !retryable));
    if (retryable) throw error;
    return false;
  }
}

/** Writes down what was sent. What is sent while one transaction waits for the disk goes into the next one together. */
function recorder(actor: Actor): (sent: Sent) => Promise<void> {
  let waiting: Sent[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  return (sent) => {
    waiting.push(sent);
    next ??= last = last
      .catch(() => {})
      .then(() => {
        const now = waiting;
        waiting = [];
        next = undefined;
        return recordSent(actor, now);
      });
    return next;
  };
}

async function recordSent(actor: Actor, all: readonly Sent[]): Promise<void> {
  await inTransaction(async (tx) => {
    await markSent(
      tx,
      all.map(({ id, sent }) => ({ id, ...sent })),
    );
    const action = 'message.sent';
    await recordAudits(
      tx,
      all.map(({ id, text: { template }, params, sent: { channel } }) => {
        return { actor, action, entity: 'message', entityId: id, detail: { template, channel, ...params } };
      }),
    );
    for (const kind of new Set(all.map((notification) => notification.kind))) {
      const own = all.filter((notification) => notification.kind === kind);
      await kind.onSent?.(
        tx,
        own.map(({ id, sent, ...notification }) => ({ ...notification, messageId: id, channel: sent.channel })),
      );
    }
  });
}
