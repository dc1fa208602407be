import type { Actor } from '@/server/platform/actor';
import { env, isPublicAddress } from '@/server/platform/env';
import { recordRead } from '@/server/platform/reads';
import { boxMessages } from '../queries';
import { withoutCode } from '../rules';

type Listed = { at: string; channel: string; to: string; text: string };

/**
 * The messages that the local adapters hold, newest first; `to` narrows to one address. Leaves a record of the reading, and shows
 * no code where the portal is public.
 */
export async function listBox({ actor, to }: { actor: Actor; to: string | null }): Promise<Listed[]> {
  const messages = await boxMessages(to);
  if (messages.length > 0) await recordRead({ actor, entity: 'message-box', entityId: 'local' });
  const hidden = isPublicAddress(env().PUBLIC_URL);
  return messages.map(({ at, channel, to: address, text }) => ({
    at: at.toISOString(),
    channel,
    to: address,
    text: hidden ? withoutCode(text) : text,
  }));
}
