import fc from 'fast-check';
import { expect, it } from 'vitest';
import { denominationsOf } from '@/server/domain/cash';
import { countedTotal } from './rules';

it('counts notes', () => {
  expect(countedTotal({ '500000': 2, '20000': 3, '500': 1 })).toBe(1_060_500n);
  expect(countedTotal({})).toBe(0n);
});

it('a count of many pieces stays exact', () => {
  const values = denominationsOf('VND');
  const counts = fc.dictionary(fc.constantFrom(...values.map(String)), fc.nat({ max: 1_000_000 }));
  fc.assert(
    fc.property(counts, (given) => {
      const simple = Object.entries(given).reduce((sum, [value, pieces]) => sum + Number(value) * pieces, 0);
      expect(countedTotal(given)).toBe(BigInt(simple));
    }),
  );
});
