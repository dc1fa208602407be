import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { anchorBytes, appendAnchor, lastAnchoredHead, readAnchor } from '@/server/platform/audit-anchor';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { findSeal, hasBackdated, lockChain } from '../repository';
import { LONGEST_MS } from '../rules';

/** The highest position at which the anchor and the database still say the same. */
async function commonPosition(): Promise<bigint> {
  let common = 0n;
  for await (const line of readAnchor((await anchorBytes()) ?? 0)) {
    if (line.kind === 'missing') continue;
    const position = BigInt(line.position);
    const seal = position > common ? await findSeal(position) : null;
    if (seal?.hash.toString('hex') === line.hash) common = position;
  }
  return common;
}

export type AcceptedAudit = { common: bigint; position: bigint };

/**
 * An operator's word that the database is meant to be as it is: a backup was restored, the anchor was lost with its disk, or the
 * clock was put back. From here on the anchor goes on from the chain as it stands; that it was so stays written in the anchor and in the trail itself.
 * A changed entry is not accepted by this: it is reported for ever. Throws `audit_nothing_to_accept`.
 */
export async function acceptAudit({ actor, reason }: { actor: Actor; reason: string }): Promise<AcceptedAudit> {
  return inTransaction(async (tx) => {
    await lockChain(tx, true);
    const head = await findSeal('last');
    const anchored = await lastAnchoredHead();
    const there = anchored && (await findSeal(anchored.position));
    const agrees = anchored ? there?.hash.toString('hex') === anchored.hash : head === null;
    const doubted = (await lostEntries()) || (await hasBackdated(await acceptedPosition(), LONGEST_MS));
    if (agrees && !doubted) throw new PortalError('conflict', 'audit_nothing_to_accept');
    const common = await commonPosition();
    const position = head?.position ?? 0n;
    const hash = head?.hash.toString('hex') ?? '';
    await appendAnchor([{ kind: 'accepted', common: common.toString(), position: position.toString(), hash }]);
    const detail = { common: Number(common), position: Number(position), reason: reason.slice(0, 200) };
    await recordAudit(tx, { actor, action: 'audit.accepted', entity: 'audit', entityId: 'chain', detail });
    return { common, position };
  }, 300_000);
}

/** Whether the anchor knows of entries that were removed before their seal, and nobody has accepted that yet. */
async function lostEntries(): Promise<boolean> {
  let lost = false;
  for await (const line of readAnchor((await anchorBytes()) ?? 0)) {
    if (line.kind === 'missing') lost = true;
    if (line.kind === 'accepted') lost = false;
  }
  return lost;
}

/** Up to which position an operator has accepted the chain last. */
async function acceptedPosition(): Promise<bigint> {
  let accepted = 0n;
  for await (const line of readAnchor((await anchorBytes()) ?? 0))
    if (line.kind === 'accepted') accepted = BigInt(line.position);
  return accepted;
}
