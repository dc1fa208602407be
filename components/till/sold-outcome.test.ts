import { describe, expect, it } from 'vitest';
import { soldOutcome } from './sold-outcome';

describe('after a sale the screen says what was taken, and nothing else', () => {
  it.each([
    ['a payment', { terms: 'immediate', netTotal: 45_000n, paid: 45_000n }, 'done'],
    ['a part of it', { terms: 'immediate', netTotal: 45_000n, paid: 20_000n }, 'done'],
    ['an order of 0 đ said that payment was taken', { terms: 'immediate', netTotal: 0n, paid: 0n }, 'doneFree'],
    ['so did one on account', { terms: 'account', netTotal: 45_000n, paid: 0n }, 'doneAccount'],
    ['and one that is paid later', { terms: 'immediate', netTotal: 45_000n, paid: 0n }, 'doneUnpaid'],
  ] as const)('%s', (_, sold, outcome) => expect(soldOutcome(sold)).toBe(outcome));
});
