import { createHmac } from 'node:crypto';

/** An entry as it is sealed: every column as the database writes it down, `at` in microseconds since 1970. */
export type SealedText = {
  id: string;
  at: string;
  actorKind: string;
  actorId: string | null;
  action: string;
  entity: string;
  entityId: string;
  branchId: string | null;
  correlationId: string | null;
  detail: string;
};

const mac = (key: string, ...parts: (string | Uint8Array)[]): Buffer => {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
};

/** Distinguishes keys without revealing one. */
export const keyIdOf = (key: string): string => mac(key, 'which key').toString('hex').slice(0, 16);

/** What an entry says, under the key. */
export function entryHashOf(key: string, entry: SealedText): Buffer {
  const { id, at, actorKind, actorId, action, entity, entityId, branchId, correlationId, detail } = entry;
  const text = JSON.stringify([id, at, actorKind, actorId, action, entity, entityId, branchId, correlationId, detail]);
  return mac(key, 'entry\n', text);
}

/** The chain's end after an entry: what was before it, its place and what it says, under the key. */
export const chainHashOf = (key: string, before: Uint8Array, position: bigint, entryHash: Uint8Array): Buffer =>
  mac(key, 'chain\n', before, `\n${position}\n`, entryHash);

export type Seal = { entryId: string; entryHash: Buffer; hash: Buffer };

/** The seals of entries that follow `before` at position `after`. */
export function sealAll(key: string, after: bigint, before: Uint8Array, entries: readonly SealedText[]): Seal[] {
  let last = before;
  return entries.map((entry, index) => {
    const entryHash = entryHashOf(key, entry);
    const hash = chainHashOf(key, last, after + BigInt(index) + 1n, entryHash);
    last = hash;
    return { entryId: entry.id, entryHash, hash };
  });
}

/** A place of the chain as it is stored, with its entry where that is still there. */
export type StoredSeal = {
  position: bigint;
  entryId: string;
  entryHash: Buffer;
  hash: Buffer;
  keyId: string;
  entry: SealedText | null;
};

export type BreakReason =
  | 'seal missing'
  | 'sealed with another key'
  | 'entry missing'
  | 'entry changed'
  | 'chain broken'
  | 'entry backdated'
  | 'differs from the anchor'
  | 'cut off'
  | 'removed before its seal'
  | 'anchor missing'
  | 'anchor changed';

/** The first bad place: its position in the chain (of an anchor: its line), and its entry where one is known. */
export type ChainBreak = { position: bigint | null; entryId: string | null; reason: BreakReason };

/** Entries bear the moment at which their transaction began; this is longer than any transaction of ours. */
export const LONGEST_MS = 16 * 60_000;

/** Whether an entry was sealed behind one so much younger that no transaction of ours can have written both in that order. */
export const isBackdated = ({ entry }: StoredSeal, latest: bigint): boolean =>
  entry !== null && BigInt(entry.at) < latest - BigInt(LONGEST_MS) * 1000n;

/** What is wrong at a place of the chain, or null. `before` is the chain's end before it, `expected` its position. */
export function breakAt(key: string, seal: StoredSeal, expected: bigint, before: Uint8Array): BreakReason | null {
  if (seal.position !== expected) return 'seal missing';
  if (seal.keyId !== keyIdOf(key)) return 'sealed with another key';
  if (!seal.entry) return 'entry missing';
  if (!entryHashOf(key, seal.entry).equals(seal.entryHash)) return 'entry changed';
  return chainHashOf(key, before, seal.position, seal.entryHash).equals(seal.hash) ? null : 'chain broken';
}
