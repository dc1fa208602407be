import { anchorBytes, appendAnchor, lastAnchoredHead } from '@/server/platform/audit-anchor';
import { forgetWitnessed, readWitnessed, type Witnessed, writeWitness } from '@/server/platform/audit-witness';
import { inTransaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { PortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import {
  appendSeals,
  type EntryPlace,
  findSeal,
  lastSealedAt,
  lockChain,
  lookForEntries,
  oldestOpenTransaction,
  pageOfEntries,
} from '../repository';
import { keyIdOf, LONGEST_MS, sealAll } from '../rules';

const PAGE = 2_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';
/** A turn in the background takes no longer; what is left waits for the next. */
const TURN_MS = 60_000;
/** Longer than a session takes from the beginning of a transaction until others see when it began. */
const UNSEEN_MS = 5_000;
const DEEP_EVERY_MS = 300_000;

/**
 * Up to when this process has looked: `open` is when the oldest transaction began that was open then, for what was not there yet
 * bears no earlier moment. Now and then it looks as far back as any transaction reaches, whoever hides it from us.
 */
let looked: { open: number; deepAt: number } | null = null;

async function lookFrom(now: number): Promise<Date | null> {
  if (looked)
    return new Date(now - looked.deepAt < DEEP_EVERY_MS ? looked.open - UNSEEN_MS : looked.deepAt - LONGEST_MS);
  const last = await lastSealedAt();
  return last && new Date(last.getTime() - LONGEST_MS);
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

/** Seals what lies behind `since`; answers whether it came to the end within its time. */
async function sealBehind(since: Date | null, until: number): Promise<{ sealed: number; complete: boolean }> {
  const key = env().AUDIT_KEY;
  let head = await findSeal('last');
  let behind: EntryPlace = since && { moment: since.toISOString(), id: NO_ID };
  let sealed = 0;
  let complete = false;
  while (!complete && Date.now() < until) {
    const page = await pageOfEntries(behind, PAGE);
    complete = page.length < PAGE;
    behind = page.at(-1) ?? behind;
    const after = head?.position ?? 0n;
    const seals = sealAll(
      key,
      after,
      head?.hash ?? Buffer.alloc(0),
      page.filter((entry) => !entry.sealed),
    );
    const last = seals.at(-1);
    if (!last) continue;
    await appendSeals(after, seals, keyIdOf(key));
    head = { position: after + BigInt(seals.length), hash: last.hash };
    sealed += seals.length;
  }
  if (head && sealed > 0) await appendAnchor([headLine(head)]);
  return { sealed, complete };
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
 * seals, the others find nothing to do, unless they `wait`. `thorough` looks at entries of any age, for as long as it takes.
 * Throws `audit_anchor_missing`, `audit_anchor_differs`: then nothing is sealed until an operator has looked (`audit verify`).
 */
export async function sealEntries({ wait = false, thorough = false } = {}): Promise<{ sealed: number }> {
  await writeWitness();
  return inTransaction(async (tx) => {
    if (!(await lockChain(tx, wait))) return { sealed: 0 };
    await requireKnownChain(await findSeal('last'));
    const witnessed = await readWitnessed();
    const now = Date.now();
    const open = (await oldestOpenTransaction()).getTime();
    const since = thorough ? null : await lookFrom(now);
    const { sealed, complete } = await sealBehind(since, thorough ? Number.POSITIVE_INFINITY : now + TURN_MS);
    await settleWitnessed(witnessed);
    const deep = !looked || since === null || since.getTime() < looked.open - UNSEEN_MS;
    if (complete) looked = { open, deepAt: deep ? now : (looked?.deepAt ?? now) };
    return { sealed };
  }, 3_600_000);
}
