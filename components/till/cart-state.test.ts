import { describe, expect, it } from 'vitest';
import { cartTotals } from '@/server/modules/sales/orders/rules';
import {
  type CartAction,
  changeCart,
  changeTenders,
  dueBeside,
  emptyCart,
  firstTender,
  givenTenders,
  isCart,
  isEmptyCart,
  withDiscount,
} from './cart-state';

const cartAfter = (...actions: CartAction[]) => actions.reduce(changeCart, emptyCart('key'));

describe('a cart', () => {
  it('takes a service once, and shows it where it is chosen again', () => {
    const cart = cartAfter({ do: 'add', code: 'A' }, { do: 'add', code: 'B' }, { do: 'add', code: 'A' });
    expect(cart.lines.map((line) => line.code)).toEqual(['A', 'B']);
    expect(cart.selected).toBe('A');
  });

  it('moves within its lines, and on to a neighbour when one goes', () => {
    const three: CartAction[] = ['A', 'B', 'C'].map((code) => ({ do: 'add', code }));
    expect(cartAfter(...three, { do: 'move', by: 1 }).selected).toBe('C');
    expect(cartAfter(...three, { do: 'move', by: -1 }, { do: 'remove', code: 'B' }).selected).toBe('C');
    expect(cartAfter(...three, { do: 'remove', code: 'C' }).selected).toBe('B');
    expect(cartAfter({ do: 'add', code: 'A' }, { do: 'remove', code: 'A' }).selected).toBeNull();
  });

  it('gives a discount to one line or to all', () => {
    const two: CartAction[] = [
      { do: 'add', code: 'A' },
      { do: 'add', code: 'B' },
    ];
    expect(
      cartAfter(...two, { do: 'discount', code: 'A', percent: '5' }).lines.map((line) => line.discountPercent),
    ).toEqual(['5', '0']);
    expect(
      cartAfter(...two, { do: 'discount', code: null, percent: '5' }).lines.map((line) => line.discountPercent),
    ).toEqual(['5', '5']);
  });

  it('bills nobody without a customer', () => {
    expect(cartAfter({ do: 'account', onAccount: true }).onAccount).toBe(false);
    const payer = { id: '1', code: 'C', name: 'C', tier: 'vip1' as const };
    expect(cartAfter({ do: 'payer', payer }, { do: 'account', onAccount: true }).onAccount).toBe(true);
    expect(
      cartAfter({ do: 'payer', payer }, { do: 'account', onAccount: true }, { do: 'payer', payer: null }).onAccount,
    ).toBe(false);
  });

  it('keeps one tender', () => {
    expect(cartAfter({ do: 'remove-tender', id: 'first' }).tenders).toHaveLength(1);
    expect(isEmptyCart(cartAfter())).toBe(true);
    expect(isEmptyCart(cartAfter({ do: 'note', note: 'x' }))).toBe(false);
  });
});

it('an empty amount stands for what the others leave', () => {
  const tender = (given: bigint | null) => ({ id: 'x', method: 'cash' as const, given, reference: '' });
  const given = (...amounts: (bigint | null)[]) =>
    givenTenders(100n, amounts.map(tender), 'USD').map((one) => one.given);
  expect(given(null)).toEqual([100n]);
  expect(given(30n, null)).toEqual([30n, 70n]);
  expect(given(null, 30n, null)).toEqual([70n, 30n, 0n]);
  expect(given(150n, null)).toEqual([150n, 0n]);
  expect(givenTenders(39_445n, [tender(null)], 'VND').map((one) => one.given)).toEqual([39_500n]);
});

it('shows a discount before it is taken, on one line or on all, without changing the cart', () => {
  const lines = [
    { code: 'CBC', discountPercent: '0', listPrice: 100_000n },
    { code: 'GLU', discountPercent: '10', listPrice: 50_000n },
  ];
  expect(cartTotals(withDiscount(lines, 'CBC', '7.5')).net).toBe(137_500n);
  expect(cartTotals(withDiscount(lines, null, '100')).net).toBe(0n);
  expect(cartTotals(lines).net).toBe(145_000n);
});

describe('isCart', () => {
  const cart = changeCart(emptyCart('k'), { do: 'add', code: 'CBC' });
  it('knows a sale as it is today', () => expect([cart, emptyCart('k')].map(isCart)).toEqual([true, true]));

  it.each([
    ['nothing', null],
    ['a text', 'cart'],
    ['one without payments', { ...cart, tenders: undefined }],
    ['one of no payment', { ...cart, tenders: [] }],
    ['one with amounts that are no minor units', { ...cart, tenders: [{ ...cart.tenders[0], given: 5 }] }],
    ['one whose lines are codes alone', { ...cart, lines: ['CBC'] }],
    ['one with a patient’s id alone', { ...cart, patient: { id: '1' } }],
    ['one of before there were doctors', { ...cart, doctor: undefined }],
  ])('%s is none', (_, kept) => expect(isCart(kept)).toBe(false));
});

describe('the ways of paying, of a sale or of a balance', () => {
  it('begin with cash, are added and taken away, and one always stays', () => {
    const two = changeTenders(firstTender(), { do: 'add-tender', id: 'b', method: 'card' });
    expect(two.map(({ method }) => method)).toEqual(['cash', 'card']);
    const one = changeTenders(two, { do: 'remove-tender', id: 'first' });
    expect(one.map(({ id }) => id)).toEqual(['b']);
    expect(changeTenders(one, { do: 'remove-tender', id: 'b' })).toEqual(one);
    expect(changeTenders(one, { do: 'tender', id: 'b', change: { given: 5n } })[0]?.given).toBe(5n);
  });

  it('leave each other what is due, in cash as notes make it, and never less than nothing', () => {
    const tenders = [
      { id: 'a', method: 'cash' as const, given: 0n, reference: '' },
      { id: 'b', method: 'card' as const, given: 50_100n, reference: '' },
    ];
    expect(dueBeside(120_000n, tenders, 'a', 'VND')).toBe(70_000n);
    expect(dueBeside(120_000n, tenders, 'b', 'VND')).toBe(120_000n);
    expect(dueBeside(120_350n, tenders, 'b', 'VND')).toBe(120_350n);
    expect(dueBeside(10_000n, tenders, 'a', 'VND')).toBe(0n);
  });
});
