import { boxMessages } from '../queries';

/** The messages that the local adapters hold, newest first; `to` narrows to one address. */
export async function listBox({
  to,
}: {
  to: string | null;
}): Promise<{ at: string; channel: string; to: string; text: string }[]> {
  const messages = await boxMessages(to);
  return messages.map(({ at, channel, to: address, text }) => ({ at: at.toISOString(), channel, to: address, text }));
}
