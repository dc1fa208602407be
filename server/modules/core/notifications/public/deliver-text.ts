import { email } from '@/server/integrations/email/port';
import { sms } from '@/server/integrations/sms/port';
import { asPortalError, PortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import { renderText, waysTo } from '../rules';
import type { Channel, Recipients, TextRequest } from '../schema';

/**
 * Sends a text to a person by the preferred channel, else by the other. Stores nothing: the text may contain a code or a link.
 * `key` is the message's own, for gateways that drop repeats. Throws `no_channel`, or a channel's error: one that may be
 * better later before one that is final, `no_gateway` for a code that only the message box would take.
 */
export async function deliverText({
  key,
  prefer,
  recipients,
  text,
}: {
  key: string;
  prefer: Channel;
  recipients: Recipients;
  text: TextRequest;
}): Promise<{ channel: Channel; to: string; ref: string }> {
  const ways = waysTo(recipients, prefer);
  const words = renderText(text);
  const secret = text.template === 'otp' ? { secret: text.params.code } : {};
  const failures: PortalError[] = [];
  for (const { channel, to } of ways) {
    try {
      const message = { key, to, ...words, ...secret };
      return { channel, to, ref: (await (channel === 'sms' ? sms() : email()).send(message)).ref };
    } catch (error) {
      failures.push(asPortalError(error));
      logger('messages').warn({ key, channel, err: error }, 'a channel failed');
    }
  }
  const none = new PortalError('invalid', 'no_channel', { message: 'no phone and no e-mail' });
  throw failures.find((failure) => failure.retryable) ?? failures.at(-1) ?? none;
}
