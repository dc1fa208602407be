import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cartTotals, lineAmounts, paymentsOf, quickCash, tenderSums, unfit } from './rules';

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
    expect(tenderSums(450_000n, tenders, 'VND')).toMatchObject({ paid: 450_000n, due: 0n, change: 50_000n, over: 0n });
    expect(paymentsOf(450_000n, tenders, 'VND')).toMatchObject([
      { method: 'card', amount: 300_000n, tendered: null },
      { method: 'cash', amount: 150_000n, tendered: 200_000n },
    ]);
  });

  it('gives none from a card', () => {
    expect(tenderSums(100n, [{ method: 'card', given: 150n }], 'VND')).toMatchObject({
      paid: 150n,
      due: 0n,
      change: 0n,
      over: 50n,
    });
  });

  it('rounds the cash alone to what notes can make', () => {
    const cash = (given: bigint) => ({ method: 'cash' as const, given });
    expect(tenderSums(39_445n, [cash(50_000n)], 'VND')).toEqual({
      paid: 39_445n,
      due: 0n,
      change: 10_500n,
      over: 0n,
      cashDue: 39_500n,
      rounding: 55n,
    });
    // Nobody can hand over 39.445: what was typed is too little.
    expect(tenderSums(39_445n, [cash(39_000n)], 'VND')).toMatchObject({ due: 445n, change: 0n, rounding: 0n });
    const split = [{ method: 'card' as const, given: 19_445n }, cash(20_000n)];
    expect(tenderSums(39_445n, split, 'VND')).toMatchObject({ due: 0n, change: 0n, rounding: 0n });
    expect(paymentsOf(39_445n, [cash(20_000n), cash(20_000n)], 'VND')).toEqual([
      { method: 'cash', given: 20_000n, amount: 39_445n, tendered: 40_000n },
    ]);
    expect(paymentsOf(200n, [cash(0n)], 'VND')).toEqual([{ method: 'cash', given: 0n, amount: 200n, tendered: null }]);
    expect(tenderSums(39_445n, [{ method: 'card', given: 39_445n }], 'VND').rounding).toBe(0n);
  });

  it('adds up, whatever is handed over', () => {
    const tender = fc.record({
      method: fc.constantFrom('cash' as const, 'card' as const, 'transfer' as const),
      given: fc.bigInt(1n, 2_000_000n),
    });
    const currency = fc.constantFrom('VND', 'USD', 'CHF');
    fc.assert(
      fc.property(fc.bigInt(0n, 5_000_000n), fc.array(tender, { maxLength: 6 }), currency, (total, tenders, of) => {
        const sums = tenderSums(total, tenders, of);
        const given = tenders.reduce((sum, each) => sum + each.given, 0n);
        expect(sums.paid + sums.rounding + sums.change).toBe(given);
        const payments = paymentsOf(total, tenders, of);
        expect(payments.reduce((sum, each) => sum + each.amount, 0n)).toBe(sums.paid);
        expect(payments.every((each) => each.amount > 0n)).toBe(true);
        const cash = payments.find((each) => each.method === 'cash');
        if (cash && sums.due === 0n) expect((cash.tendered ?? 0n) - sums.change).toBe(sums.cashDue);
        if (sums.over === 0n) expect(sums.paid + sums.due).toBe(total);
      }),
    );
  });
});

it('offers the amount due and the notes above it', () => {
  expect(quickCash(328_000n, 'VND')).toEqual([328_000n, 330_000n, 340_000n, 350_000n, 400_000n]);
  expect(quickCash(500_000n, 'VND')).toEqual([500_000n, 600_000n]);
  expect(quickCash(0n, 'VND')).toEqual([]);
  expect(quickCash(1_234n, 'USD')).toEqual([1_234n, 1_300n, 1_500n, 2_000n, 5_000n]);
});

it('says why a service is not for a patient', () => {
  expect(unfit({ sex: 'female', minAge: null, maxAge: null }, { sex: 'male', dob: '1990-01-01' }, '2026-11-20')).toBe(
    'sex_mismatch',
  );
  expect(unfit({ sex: 'any', minAge: 40, maxAge: null }, { sex: 'male', dob: '1990-01-01' }, '2026-11-20')).toBe(
    'age_out_of_range',
  );
  expect(unfit({ sex: 'any', minAge: 18, maxAge: 36 }, { sex: 'male', dob: '1990-01-01' }, '2026-11-20')).toBeNull();
});
