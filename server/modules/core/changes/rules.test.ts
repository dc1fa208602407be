import { describe, expect, it } from 'vitest';
import { kindsSeenBy, Seen } from './rules';

const entry = (id: number) => ({ id: String(id), entity: 'order', branchId: null });
const ids = (changes: { id: string }[]) => changes.map(({ id }) => Number(id));

describe('what was seen of the trail', () => {
  it('is new once, also where an entry that is older commits later', () => {
    const seen = new Seen('10');
    expect(ids(seen.take([entry(13), entry(11)], 0))).toEqual([13, 11]);
    expect(ids(seen.take([entry(13), entry(12), entry(11)], 1_000))).toEqual([12]);
    expect(ids(seen.take([entry(13), entry(12), entry(11)], 2_000))).toEqual([]);
  });

  it('is looked for behind what is older than a transaction takes', () => {
    const seen = new Seen('10');
    seen.take([entry(12), entry(11)], 0);
    seen.take([entry(13)], 3_000);
    expect(seen.from).toBe('10');
    seen.take([], 5_000);
    expect(seen.from).toBe('10');
    seen.take([], 5_001);
    expect(seen.from).toBe('12');
    expect(ids(seen.take([entry(13)], 5_100))).toEqual([]);
  });
});

describe('the kinds that somebody sees', () => {
  const changes = [
    { entity: 'order', branchId: 'a' },
    { entity: 'shift', branchId: 'b' },
    { entity: 'doctor', branchId: null },
    { entity: 'order', branchId: 'a' },
  ];

  it('are those of the own branch and of none, each once', () => {
    expect(kindsSeenBy('a', changes)).toEqual(['order', 'doctor']);
    expect(kindsSeenBy('b', changes)).toEqual(['shift', 'doctor']);
    expect(kindsSeenBy(null, changes)).toEqual(['order', 'shift', 'doctor']);
  });
});
