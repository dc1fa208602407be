import { anchorBytes, appendAnchor, lastAnchoredHead } from '@/server/platform/audit-anchor';
import { forgetWitnessed, readWitnessed, type Witnessed, writeWitness } from '@/server/platform/audit-witness';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import { appendSeals, findSeal, lockChain, lookForEntries, unsealedEntries } from '../repository';
import { keyIdOf, sealAll } from '../rules';

const BATCH = 2_000;
const BATCHES = 50;
/** Entries bear the moment at which their transaction began; this is longer than any transaction of ours. */
const LONGEST_MS = 16 * 60_000;
const USUAL_MS = 60_000;
const THOROUGH_EVERY_MS = 300_000;

/** Up to when this process has looked, shallowly and thoroughly. */
let looked: { at: number; thoroughlyAt: number } | null = null;

function lookFrom(thorough: boolean, now: number): Date | null {
  if (thorough || !looked) return null;
  const deep = now - looked.thoroughlyAt >= THOROUGH_EVERY_MS;
  return new Date(deep ? looked.thoroughlyAt - LONGEST_MS : looked.at - USUAL_MS);
}

type Head = { position: bigint; hash: Buffer };

const headLine = ({ position, hash }: Head) =>
  ({ kind: 'head', position: position.toString(), hash: hash.toString('hex') }) as const;

/** Nothing is sealed upon a chain that is not the one we know: a tamperer would have us sign the deed. */
async function requireKnownChain(head: Head | null): Promise<void> {
  const anchored = await lastAnchoredHead();
  if (!anchored) {
    if (head && (await anchorBytes()) === null) throw new PortalError('conflict', 'audit_anchor_missing');
    return;
  }
  const there = await findSeal(anchored.position);
  if (anchored.position > 0n && there?.hash.toString('hex') !== anchored.hash)
    throw new PortalError('conflict', 'audit_anchor_differs', { params: { position: Number(anchored.position) } });
  // A process that died between seal and anchor left the anchor behind.
  if (head && head.position > anchored.position) await appendAnchor([headLine(head)]);
}

/** `complete` is false where more waits than one turn takes. */
export type Sealed = { sealed: number; complete: boolean };

async function sealBatches(since: Date | null): Promise<Sealed> {
  const key = env().AUDIT_KEY;
  let head = await findSeal('last');
  let sealed = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const entries = await unsealedEntries(since, BATCH);
    if (entries.length === 0) return { sealed, complete: true };
    const after = head?.position ?? 0n;
    const seals = sealAll(key, after, head?.hash ?? Buffer.alloc(0), entries);
    await appendSeals(after, seals, keyIdOf(key));
    const hash = seals.at(-1)?.hash ?? Buffer.alloc(0);
    head = { position: after + BigInt(seals.length), hash };
    sealed += seals.length;
    await appendAnchor([headLine(head)]);
    if (entries.length < BATCH) return { sealed, complete: true };
  }
  return { sealed, complete: false };
}

/** What was committed before we sealed is sealed now, or somebody removed it. */
async function settleWitnessed(witnessed: Witnessed): Promise<void> {
  if (witnessed.files.length === 0) return;
  const { unsealed, missing } = await lookForEntries(witnessed.ids);
  await appendAnchor(missing.map((entryId) => ({ kind: 'missing', entryId })));
  if (missing.length > 0)
    logger('audit').error({ entries: missing.length }, 'audit entries were removed before their seal');
  await forgetWitnessed(witnessed, unsealed);
}

/**
 * Seals what was written since the last time, and says outside of the database where the chain ends. Of several processes one
 * seals, the others find nothing to do, unless they `wait`. `thorough` looks at entries of any age.
 * Throws `audit_anchor_missing`, `audit_anchor_differs`: then nothing is sealed until an operator has looked (`audit verify`).
 */
export async function sealEntries({ wait = false, thorough = false } = {}): Promise<Sealed> {
  await writeWitness();
  return inTransaction(async (tx) => {
    if (!(await lockChain(tx, wait))) return { sealed: 0, complete: true };
    await requireKnownChain(await findSeal('last'));
    const witnessed = await readWitnessed();
    const now = Date.now();
    const since = lookFrom(thorough, now);
    const { sealed, complete } = await sealBatches(since);
    await settleWitnessed(witnessed);
    const deep = since === null || (looked !== null && since.getTime() < looked.at - USUAL_MS);
    looked = complete ? { at: now, thoroughlyAt: deep ? now : (looked?.thoroughlyAt ?? now) } : null;
    return { sealed, complete };
  }, 300_000);
}
