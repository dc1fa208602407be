import { describe, expect, it } from 'vitest';
import { cashHandedOut, moneyBack, outcomeOf, proposedPayments, takesTwo } from './rules';

const cash = { method: 'cash' as const, taken: 120_333n, rounding: 167n, back: 0n, handedBack: 0n, left: 120_333n };
const card = { method: 'card' as const, taken: 60_000n, rounding: 0n, back: 0n, handedBack: 0n, left: 60_000n };

describe('the cash that goes back', () => {
  it('is what the drawer got, with the last dong, in whatever parts it goes', () => {
    expect(cashHandedOut(120_333n, cash, 'VND')).toBe(120_500n);
    for (const parts of [
      [1n, 120_332n],
      [333n, 40_000n, 80_000n],
      [249n, 1n, 1n, 120_082n],
      [120_083n, 250n],
    ]) {
      let standing = cash;
      for (const part of parts) {
        const handed = cashHandedOut(part, standing, 'VND');
        expect(handed % 500n).toBe(0n);
        expect(handed).toBeGreaterThanOrEqual(0n);
        standing = { ...standing, back: standing.back + part, handedBack: standing.handedBack + handed };
      }
      expect(standing).toMatchObject({ back: 120_333n, handedBack: 120_500n });
    }
  });

  it('never comes to more than the drawer got, where its rounding went down', () => {
    const down = { ...cash, taken: 120_249n, rounding: -249n };
    expect(cashHandedOut(120_249n, down, 'VND')).toBe(120_000n);
    expect(cashHandedOut(119_999n, { ...down, rounding: -249n }, 'VND')).toBe(120_000n);
  });

  it('is exact where notes make every sum', () => {
    expect(cashHandedOut(7n, { ...cash, taken: 100n, rounding: 0n }, 'USD')).toBe(7n);
  });
});

describe('of what is given back', () => {
  it('the debt is let go first, and on account there is no money', () => {
    expect(moneyBack({ terms: 'immediate', owed: 0n }, 100n)).toBe(100n);
    expect(moneyBack({ terms: 'immediate', owed: 60n }, 100n)).toBe(40n);
    expect(moneyBack({ terms: 'immediate', owed: 100n }, 60n)).toBe(0n);
    expect(moneyBack({ terms: 'account', owed: 0n }, 100n)).toBe(0n);
  });

  it('the money goes the way it came, card before cash, never more than came', () => {
    expect(proposedPayments({ tenders: [cash, card] }, 50_000n)).toEqual([{ method: 'card', amount: 50_000n }]);
    expect(proposedPayments({ tenders: [cash, card] }, 180_333n)).toEqual([
      { method: 'card', amount: 60_000n },
      { method: 'cash', amount: 120_333n },
    ]);
    expect(proposedPayments({ tenders: [cash] }, 0n)).toEqual([]);
  });

  it('two decide above the limit, counting what one alone gave back before, and for a void of what another sold', () => {
    const mine = { limit: 500_000n, alone: 0n, ownSale: true };
    expect(takesTwo(mine, 'refund', 500_000n)).toBe(false);
    expect(takesTwo(mine, 'refund', 500_001n)).toBe(true);
    expect(takesTwo({ ...mine, alone: 1n }, 'refund', 500_000n)).toBe(true);
    expect(takesTwo(mine, 'void', 1n)).toBe(false);
    expect(takesTwo({ ...mine, ownSale: false }, 'void', 1n)).toBe(true);
    expect(takesTwo({ ...mine, ownSale: false }, 'refund', 1n)).toBe(false);
  });

  it('the outcome says all of it in figures', () => {
    const standing = {
      terms: 'immediate' as const,
      owed: 20_000n,
      currency: 'VND',
      tenders: [cash],
      limit: 0n,
      alone: 0n,
      ownSale: true,
    };
    const payments = proposedPayments(standing, 100_333n);
    expect(outcomeOf(standing, 'refund', 120_333n, payments)).toEqual({
      total: 120_333n,
      money: 100_333n,
      letGo: 20_000n,
      handed: 100_500n,
      takesTwo: true,
    });
    expect(outcomeOf({ ...standing, tenders: [] }, 'refund', 5n, []).handed).toBe(0n);
  });
});
