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

  it('that pay exactly what notes can make leave nothing, and a card that misses a little pays no more than it did', () => {
    const cash = (given: bigint) => ({ method: 'cash' as const, given });
    const card = (given: bigint) => ({ method: 'card' as const, given });
    const sums = { over: 0n, change: 0n, due: 0n };
    expect(tenderSums(39_445n, [cash(39_500n)], 'VND')).toEqual({
      ...sums,
      ...{ paid: 39_445n, cashDue: 39_500n, rounding: 55n },
    });
    expect(tenderSums(39_445n, [card(39_245n)], 'VND')).toEqual({
      ...sums,
      ...{ paid: 39_245n, due: 200n, cashDue: 0n, rounding: 0n },
    });
    expect(tenderSums(39_445n, [card(39_245n), cash(0n)], 'VND')).toEqual({
      ...sums,
      ...{ paid: 39_445n, cashDue: 0n, rounding: -200n },
    });
  });

  it('in cash that would come back completely are no payment, and those of a card and a transfer stay two', () => {
    const tenders = [
      { method: 'cash' as const, given: 50_000n },
      { method: 'card' as const, given: 60_000n },
      { method: 'transfer' as const, given: 40_000n },
      { method: 'card' as const, given: 0n },
    ];
    expect(paymentsOf(100_000n, tenders, 'VND')).toEqual([
      { method: 'card', given: 60_000n, amount: 60_000n, tendered: null },
      { method: 'transfer', given: 40_000n, amount: 40_000n, tendered: null },
    ]);
    expect(tenderSums(100_000n, tenders, 'VND')).toEqual({
      ...{ paid: 100_000n, due: 0n, change: 50_000n, over: 0n, cashDue: 0n, rounding: 0n },
    });
    expect(paymentsOf(120_000n, tenders, 'VND')[0]).toEqual({
      ...{ method: 'cash', given: 50_000n, amount: 20_000n, tendered: 50_000n },
    });
    expect(paymentsOf(200_000n, tenders, 'VND')[0]).toEqual({
      ...{ method: 'cash', given: 50_000n, amount: 50_000n, tendered: 50_000n },
    });
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
  expect(quickCash(-1n, 'VND')).toEqual([]);
  // A note of 5 makes less of it than three of 2.
  expect(quickCash(410n, 'SGD')).toEqual([410n, 500n, 600n, 1_000n, 5_000n]);
  expect(quickCash(1_234n, 'USD')).toEqual([1_234n, 1_300n, 1_500n, 2_000n, 5_000n]);
});

describe('a service is not for a patient', () => {
  const of = (parts: Partial<Parameters<typeof unfit>[0]>) => ({
    sex: 'any' as const,
    minAge: null,
    maxAge: null,
    ...parts,
  });
  const man = { sex: 'male' as const, dob: '1990-11-20' };

  it('of the other sex, whatever the age', () => {
    expect(unfit(of({ sex: 'female', minAge: 90 }), man, '2026-11-20')).toBe('sex_mismatch');
    expect(unfit(of({ sex: 'male' }), man, '2026-11-20')).toBeNull();
    expect(unfit(of({}), man, '2026-11-20')).toBeNull();
  });

  it.each([
    [{ minAge: 36 }, '2026-11-19', 'age_out_of_range'],
    [{ minAge: 36 }, '2026-11-20', null],
    [{ maxAge: 35 }, '2026-11-19', null],
    [{ maxAge: 35 }, '2026-11-20', 'age_out_of_range'],
    [{ minAge: 18, maxAge: 36 }, '2026-11-20', null],
    [{ minAge: 0, maxAge: 150 }, '1990-11-20', null],
    [{}, '1990-11-20', null],
  ])('who is not within its ages, both ends included: %j on %s', (ages, day, code) =>
    expect(unfit(of(ages), man, day)).toBe(code),
  );
});
