import { beforeAll, expect, it } from 'vitest';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import type { StaffActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { cartOf, makeCashier, makeFixture } from './till-fixture';

withDatabase();

let actor: StaffActor;
beforeAll(async () => {
  await makeFixture();
  ({ actor } = await makeCashier('T1'));
});

type Payment = { method: 'cash' | 'card'; amount: bigint; tendered?: bigint };
const cash = (amount: bigint, tendered = amount): Payment => ({ method: 'cash', amount, tendered });
const part = async (...payments: Payment[]) =>
  createPaidOrder({ actor, cart: await cartOf({ unpaid: true, payments }) }).then(
    ({ rounding, change }) => [rounding, change],
    ({ kind, code, params }: { kind: string; code: string; params: object }) => [kind, code, params],
  );

it('cash that pays a part is a sum that notes make, and not rounded: nobody knows what the rest will be', async () => {
  const refused = (sum: string) => ['invalid', 'part_not_in_notes', { cash: sum }];
  expect(await part(cash(1_200n))).toEqual(refused('1200'));
  expect(await part(cash(1_300n))).toEqual(refused('1300'));
  expect(await part({ method: 'card', amount: 50_000n }, cash(200n))).toEqual(refused('200'));
  expect(await part(cash(700n), cash(300n))).toEqual([0n, 0n]);
  expect(await part(cash(1_000n, 5_000n))).toEqual([0n, 4_000n]);
  expect(await part(cash(120_333n, 120_500n))).toEqual([167n, 0n]);
});
