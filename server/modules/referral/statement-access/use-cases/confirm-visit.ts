import { inTransaction } from '@/server/platform/db';
import { recordLinkEvent } from '../public/record-link-event';
import { recentlyConfirmed } from '../queries';
import { agentFamily } from '../rules';
import type { Visitor } from '../schema';
import { findOpenLink } from './find-open-link';

/** A page at the gate ran in a browser: what prefetchers and previews never do. Throws `not_found`, `too_many_tries`. */
export async function confirmVisit({ token, visitor }: { token: string; visitor: Visitor }): Promise<void> {
  const { linkId } = await findOpenLink({ token, addressHash: visitor.addressHash });
  if (await recentlyConfirmed(linkId, visitor.addressHash, agentFamily(visitor.agent))) return;
  await inTransaction((tx) => recordLinkEvent(tx, { linkId, kind: 'confirmed', visitor }));
}
