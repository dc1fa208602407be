import { AnchorBroken, anchorBytes, readAnchor } from '@/server/platform/audit-anchor';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { countEntries, sealsBehind } from '../repository';
import { breakAt, type ChainBreak, isBackdated } from '../rules';
import { sealEntries } from './seal-entries';

export type AuditVerdict = {
  entries: bigint;
  sealed: bigint;
  /** The end of the chain that the anchor outside of the database knows. */
  anchored: bigint;
  intact: boolean;
  brokenAt?: ChainBreak;
};

const BATCH = 5_000;

type Accepted = { line: number; common: bigint; position: bigint };
type Anchor = { bytes: number; accepted: Accepted[]; missing: string | null; head: bigint };

/** What the anchor says as a whole; an accepted past takes its missing entries with it. Throws `AnchorBroken`. */
async function overviewOf(bytes: number): Promise<Anchor> {
  const anchor: Anchor = { bytes, accepted: [], missing: null, head: 0n };
  let number = 0;
  for await (const line of readAnchor(bytes)) {
    number += 1;
    if (line.kind === 'missing') anchor.missing ??= line.entryId;
    else anchor.head = BigInt(line.position);
    if (line.kind !== 'accepted') continue;
    anchor.accepted.push({ line: number, common: BigInt(line.common), position: BigInt(line.position) });
    anchor.missing = null;
  }
  return anchor;
}

/** The chain's ends that still stand, in the order of their positions. */
async function* standingHeads({ bytes, accepted }: Anchor): AsyncGenerator<{ position: bigint; hash: string }> {
  let number = 0;
  for await (const line of readAnchor(bytes)) {
    number += 1;
    if (line.kind === 'missing') continue;
    const position = BigInt(line.position);
    if (!accepted.some((one) => one.line > number && position > one.common)) yield { position, hash: line.hash };
  }
}

/** Walks the whole chain beside the anchor, a batch at a time; answers its first bad place. */
async function walk(anchor: Anchor): Promise<ChainBreak | null> {
  const key = env().AUDIT_KEY;
  const heads = standingHeads(anchor);
  let head = await heads.next();
  let position = 0n;
  let before: Buffer = Buffer.alloc(0);
  let latest = 0n;
  const timely = anchor.accepted.at(-1)?.position ?? 0n;
  for (;;) {
    const seals = await sealsBehind(position, BATCH);
    for (const seal of seals) {
      const reason = breakAt(key, seal, position + 1n, before);
      if (reason) return { position: position + 1n, entryId: reason === 'seal missing' ? null : seal.entryId, reason };
      if (seal.position > timely && isBackdated(seal, latest))
        return { position: seal.position, entryId: seal.entryId, reason: 'entry backdated' };
      position = seal.position;
      before = seal.hash;
      const moment = BigInt(seal.entry?.at ?? 0);
      if (moment > latest) latest = moment;
      while (!head.done && head.value.position <= position) {
        if (head.value.position === position && head.value.hash !== before.toString('hex'))
          return { position, entryId: seal.entryId, reason: 'differs from the anchor' };
        head = await heads.next();
      }
    }
    if (seals.length < BATCH) break;
  }
  return head.done ? null : { position: position + 1n, entryId: null, reason: 'cut off' };
}

async function firstBreak(sealed: bigint): Promise<{ anchored: bigint; found: ChainBreak | null }> {
  const bytes = await anchorBytes();
  if (bytes === null) {
    const missing: ChainBreak = { position: sealed, entryId: null, reason: 'anchor missing' };
    const inChain = await walk({ bytes: 0, accepted: [], missing: null, head: 0n });
    return { anchored: 0n, found: inChain ?? (sealed > 0n ? missing : null) };
  }
  try {
    const anchor = await overviewOf(bytes);
    const found = await walk(anchor);
    const removed: ChainBreak | null =
      anchor.missing === null
        ? null
        : {
            position: null,
            entryId: anchor.missing,
            reason: 'removed before its seal',
          };
    return { anchored: anchor.head, found: found ?? removed };
  } catch (error) {
    if (!(error instanceof AnchorBroken)) throw error;
    return { anchored: 0n, found: { position: BigInt(error.line), entryId: null, reason: 'anchor changed' } };
  }
}

/**
 * Seals what is still open, then walks the whole trail: every entry must be there, unchanged, in its sealed order, under our key,
 * and end where the anchor outside of the database says; none that was committed may be gone. Names the first bad entry.
 */
export async function verifyAudit(): Promise<AuditVerdict> {
  try {
    await sealEntries({ wait: true, thorough: true });
  } catch (error) {
    // What keeps us from sealing is what we are about to find.
    if (!(error instanceof PortalError) || !error.code.startsWith('audit_')) throw error;
  }
  const counts = await countEntries();
  const { anchored, found } = await firstBreak(counts.sealed);
  return { ...counts, anchored, intact: found === null, ...(found ? { brokenAt: found } : {}) };
}
