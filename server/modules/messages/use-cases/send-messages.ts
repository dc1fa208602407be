import type { Actor } from '@/server/platform/actor';
import { asPortalError } from '@/server/platform/errors';
import { type Notification, sendMessage } from './send-message';

/** So many gateways are waited for at once. */
const AT_ONCE = 10;

/**
 * Sends notices, each once and each whatever becomes of the others. Throws when the last one was tried, first
 * what is worth another try: what was sent by then is not sent again. Answers how many came to an end.
 */
export async function sendMessages({
  actor,
  notifications,
}: {
  actor: Actor;
  notifications: readonly Notification[];
}): Promise<{ ended: number }> {
  const waiting = [...notifications];
  const failures: unknown[] = [];
  const sendOn = async () => {
    for (let notification = waiting.shift(); notification; notification = waiting.shift()) {
      await sendMessage({ actor, notification }).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sendOn));
  const first = failures.find((failure) => asPortalError(failure).retryable) ?? failures[0];
  if (first) throw first;
  return { ended: notifications.length };
}
