import { expect, it } from 'vitest';
import { soldCartInput } from '@/server/modules/sales/orders/schema';
import { changeCart, emptyCart } from './cart-state';
import { orderOf, paymentsToSend } from './sale-order';
import { obstacleOf } from './use-payment';

const uuid = () => crypto.randomUUID();
const patient = {
  id: uuid(),
  code: 'P1',
  fullName: 'Lê Thanh Mai',
  dob: '1990-01-01',
  sex: 'female' as const,
  phone: '+84912345678',
  createdAt: new Date(0),
};
const totals = { list: 50_000n, discount: 5_000n, net: 45_000n };
const cash = (given: bigint) => [{ method: 'cash' as const, given, reference: '' }];
const cart = changeCart(emptyCart(uuid()), { do: 'patient', patient });

it('a sale is asked for with the total that the screen showed, and not without', () => {
  const order = orderOf(cart, { totals, currency: 'VND' }, uuid(), cash(50_000n));
  expect(order.expectedNet).toBe(45_000n);
  expect(soldCartInput.safeParse(order).success).toBe(true);
  for (const expectedNet of [undefined, null])
    expect(soldCartInput.safeParse({ ...order, expectedNet }).success).toBe(false);
});

it('a sum handed over that no person would hand over is in the way of the sale', () => {
  const priced = { totals, currency: 'VND', sellable: true } as Parameters<typeof obstacleOf>[1];
  const lines = [{ code: 'CBC', discountPercent: '0' }];
  const sums = (change: bigint) => ({ paid: 45_000n, due: 0n, change, over: 0n, cashDue: 45_000n, rounding: 0n });
  const obstacle = (change: bigint) => obstacleOf({ ...cart, lines }, priced, sums(change));
  expect([obstacle(455_000n), obstacle(500_000n), obstacle(98_999_955_000n)]).toEqual([null, 'change', 'change']);
});

it('payments are sent with the number of their slip, but for cash, which has none (paymentsToSend)', () => {
  const payment = { amount: 5n, tendered: null, reference: ' C-1 ', id: 'x' };
  expect(
    paymentsToSend([
      { ...payment, method: 'card' },
      { ...payment, method: 'cash' },
    ]),
  ).toEqual([
    { method: 'card', amount: 5n, tendered: null, reference: 'C-1' },
    { method: 'cash', amount: 5n, tendered: null, reference: null },
  ]);
});
