import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  breakAt,
  chainHashOf,
  entryHashOf,
  isBackdated,
  keyIdOf,
  LONGEST_MS,
  type SealedText,
  type StoredSeal,
  sealAll,
} from './rules';

const KEY = 'audit-key-of-a-test'.padEnd(40, '.');
const entry = (n: number): SealedText => ({
  id: `e${n}`,
  at: String(1_700_000_000_000_000n + BigInt(n)),
  actorKind: 'user',
  actorId: 'u1',
  action: 'order.created',
  entity: 'order',
  entityId: `o${n}`,
  branchId: 'b1',
  correlationId: 'c1',
  detail: '{"net": "5"}',
});
const start = Buffer.alloc(32);
const hmac = (text: string) => createHmac('sha256', KEY).update(text).digest();

describe('the seal of an entry', () => {
  it('is what it always was: every column in one order, under the key', () => {
    const text = '["e1","1700000000000001","user","u1","order.created","order","o1","b1","c1","{\\"net\\": \\"5\\"}"]';
    expect(entryHashOf(KEY, entry(1))).toEqual(hmac(`entry\n${text}`));
    expect(keyIdOf(KEY)).toBe(hmac('which key').toString('hex').slice(0, 16));
    const said = entryHashOf(KEY, entry(1));
    const chained = createHmac('sha256', KEY).update('chain\n').update(start).update('\n7\n').update(said).digest();
    expect(chainHashOf(KEY, start, 7n, said)).toEqual(chained);
  });

  it.each(Object.keys(entry(1)))('holds its %s', (column) => {
    expect(entryHashOf(KEY, { ...entry(1), [column]: 'x' })).not.toEqual(entryHashOf(KEY, entry(1)));
  });

  it('goes on from what stands before it, each at the next place', () => {
    const [first, second] = sealAll(KEY, 4n, start, [entry(1), entry(2)]);
    expect([first?.entryId, second?.entryId]).toEqual(['e1', 'e2']);
    expect(first?.hash).toEqual(chainHashOf(KEY, start, 5n, entryHashOf(KEY, entry(1))));
    expect(second?.hash).toEqual(chainHashOf(KEY, first?.hash ?? start, 6n, entryHashOf(KEY, entry(2))));
    expect(sealAll(KEY, 4n, start, [])).toEqual([]);
  });
});

describe('a place of the chain', () => {
  const [made] = sealAll(KEY, 4n, start, [entry(1)]);
  const sound: StoredSeal = {
    position: 5n,
    entryId: 'e1',
    entryHash: Buffer.from(made?.entryHash ?? ''),
    hash: Buffer.from(made?.hash ?? ''),
    keyId: keyIdOf(KEY),
    entry: entry(1),
  };
  it.each<[string, Partial<StoredSeal>, string | null]>([
    ['sound', {}, null],
    ['at another place', { position: 6n }, 'seal missing'],
    ['under another key', { keyId: keyIdOf('x') }, 'sealed with another key'],
    ['without its entry', { entry: null }, 'entry missing'],
    ['with another entry', { entry: { ...entry(1), detail: '{}' } }, 'entry changed'],
    ['behind another', { hash: start }, 'chain broken'],
  ])('that is %s is reported as that', (_, parts, reason) => {
    expect(breakAt(KEY, { ...sound, ...parts }, 5n, start)).toBe(reason);
  });

  it('is backdated where it is older than the longest transaction can explain, and not a microsecond before', () => {
    const at = BigInt(entry(1).at);
    const longest = BigInt(LONGEST_MS) * 1000n;
    expect(LONGEST_MS).toBe(960_000);
    expect(isBackdated(sound, at + longest)).toBe(false);
    expect(isBackdated(sound, at + longest + 1n)).toBe(true);
    expect(isBackdated({ ...sound, entry: null }, at + longest * 2n)).toBe(false);
  });
});
