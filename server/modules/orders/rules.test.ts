import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOn, cartTotals, lineAmounts, paymentsOf, quickCash, tenderSums, unfit } from './rules';

describe('lineAmounts', () => {
  it.each([
    [375_333n, '12.5', 46_917n],
    [1n, '50', 1n],
    [328_000n, '0', 0n],
    [328_000n, '100', 328_000n],
  ])('%s at %s %% gives back %s', (price, percent, discount) =>
    expect(lineAmounts(price, percent)).toEqual({ discount, net: price - discount }),
  );
});

it('a cart sums its lines, and what has no price counts as nothing', () => {
  const lines = [
    { listPrice: 100_000n, discountPercent: '10' },
    { listPrice: null, discountPercent: '0' },
    { listPrice: 1n, discountPercent: '50' },
  ];
  expect(cartTotals(lines)).toEqual({ list: 100_001n, discount: 10_001n, net: 90_000n });
});

describe('tenders', () => {
  it('gives change from cash', () => {
    const tenders = [
      { method: 'card' as const, given: 300_000n },
      { method: 'cash' as const, given: 200_000n },
    ];
    expect(tenderSums(450_000n, tenders)).toEqual({ paid: 450_000n, due: 0n, change: 50_000n, over: 0n });
    expect(paymentsOf(450_000n, tenders)).toMatchObject([
      { method: 'card', amount: 300_000n, tendered: null },
      { method: 'cash', amount: 150_000n, tendered: 200_000n },
    ]);
  });

  it('gives none from a card', () => {
    expect(tenderSums(100n, [{ method: 'card', given: 150n }])).toEqual({ paid: 150n, due: 0n, change: 0n, over: 50n });
  });

  it('adds up, whatever is handed over', () => {
    const tender = fc.record({
      method: fc.constantFrom('cash' as const, 'card' as const, 'transfer' as const),
      given: fc.bigInt(1n, 2_000_000n),
    });
    fc.assert(
      fc.property(fc.bigInt(0n, 5_000_000n), fc.array(tender, { maxLength: 6 }), (total, tenders) => {
        const sums = tenderSums(total, tenders);
        const given = tenders.reduce((sum, each) => sum + each.given, 0n);
        expect(sums.paid + sums.change).toBe(given);
        const payments = paymentsOf(total, tenders);
        expect(payments.reduce((sum, each) => sum + each.amount, 0n)).toBe(sums.paid);
        expect(payments.every((each) => each.amount > 0n && (each.tendered ?? each.amount) >= each.amount)).toBe(true);
        if (sums.over === 0n) expect(sums.paid + sums.due).toBe(total);
      }),
    );
  });
});

it('offers the amount due and the notes above it', () => {
  expect(quickCash(328_000n)).toEqual([328_000n, 330_000n, 340_000n, 350_000n, 400_000n]);
  expect(quickCash(500_000n)).toEqual([500_000n, 600_000n]);
  expect(quickCash(0n)).toEqual([]);
});

it('counts whole years', () => {
  expect(ageOn('1990-06-15', '2026-06-14')).toBe(35);
  expect(ageOn('1990-06-15', '2026-06-15')).toBe(36);
  expect(unfit({ sex: 'female', minAge: null, maxAge: null }, { sex: 'male', dob: '1990-01-01' }, '2026-11-20')).toBe(
    'sex_mismatch',
  );
  expect(unfit({ sex: 'any', minAge: 40, maxAge: null }, { sex: 'male', dob: '1990-01-01' }, '2026-11-20')).toBe(
    'age_out_of_range',
  );
  expect(unfit({ sex: 'any', minAge: 18, maxAge: 36 }, { sex: 'male', dob: '1990-01-01' }, '2026-11-20')).toBeNull();
});
