import { linkEventRecorded } from '@/inngest/events/referral/statement-access';
import type { Transaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { addLinkEvent } from '../repository';
import { agentFamily, isMachine } from '../rules';
import type { LinkEventKind, Visitor } from '../schema';

/** Only a visit can be a machine's; a visitor who asked for a code or entered one is a person. */
const VISITS: ReadonlySet<LinkEventKind> = new Set(['opened', 'confirmed']);

/**
 * Writes what happened to a link into the transaction in which it happens, with the event that has it looked at. Without a
 * visitor the portal itself did it (sent, revoked). `detail` holds ids and figures only.
 */
export async function recordLinkEvent(
  tx: Transaction,
  {
    linkId,
    kind,
    visitor,
    detail = {},
  }: {
    linkId: string;
    kind: LinkEventKind;
    visitor: Visitor | null;
    detail?: Record<string, string | number | boolean | null>;
  },
): Promise<{ eventId: string; machine: boolean }> {
  const machine = visitor !== null && VISITS.has(kind) && isMachine(visitor);
  const eventId = await addLinkEvent(tx, {
    linkId,
    kind,
    address: visitor?.addressHash ?? null,
    agent: visitor ? agentFamily(visitor.agent) : null,
    machine,
    detail,
  });
  await publish(tx, linkEventRecorded, { eventId, linkId });
  return { eventId, machine };
}
