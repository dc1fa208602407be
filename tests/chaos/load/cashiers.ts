import { type Portal, signIn } from '@/bench/portal/client';
import type { Sellable } from '@/server/modules/sales/till/schema';
import { pause } from '../../faults/deadlines';
import { persist, type Refusals } from './persist';

const ACCOUNTS = ['cashier@sapoche.example', 'branch-manager@sapoche.example', 'cashier.td@sapoche.example'];
const HANDS = 2;
const LONGEST_PAUSE_MS = 900;

export type Acknowledged = { clientKey: string; orderId: string; number: string };

type Counter = { services: string[]; net: bigint; patientId: string };

/** An open shift, services that anybody may have, and somebody of this counter's own to have them. */
async function open(portal: Portal, place: number): Promise<Counter> {
  if (!(await portal.query('till.current'))) {
    const tills = await portal.query<{ id: string; inUseBy: string | null }[]>('till.tills');
    const free = tills.find((till) => till.inUseBy === null);
    if (free) await portal.mutate('till.open', { tillId: free.id, floatAmount: 500_000n });
  }
  const sellable = await portal.query<Sellable[]>('till.sellable', { customerId: null });
  const chosen = sellable
    .filter((one) => one.kind === 'test' && one.sex === 'any' && !one.minAge && !one.maxAge && one.price)
    .slice(0, 3);
  const { id: patientId } = await portal.mutate<{ id: string }>('patients.register', {
    ...{ fullName: `Người Mua Thứ ${place}`, dob: '1990-01-01', sex: 'female', email: '', address: '' },
    phone: `09${String(10_000_000 + place)}`,
  });
  const net = chosen.reduce((sum, one) => sum + (one.price ?? 0n), 0n);
  return { services: chosen.map(({ code }) => code), net, patientId };
}

/**
 * Sells until stopped. A sale whose answer was lost is sent again under its key, as the till does, until somebody says that
 * it is there.
 */
async function sell(
  account: string,
  place: number,
  {
    sold,
    refusals,
    stop,
    random,
  }: { sold: Acknowledged[]; refusals: Refusals; stop: () => boolean; random: () => number },
): Promise<void> {
  const portal = await persist(() => signIn(account), { refusals, stop });
  const counter = portal && (await persist(() => open(portal, place), { refusals, stop }));
  if (!portal || !counter) return;
  const hand = async () => {
    while (!stop()) {
      const clientKey = crypto.randomUUID();
      const cart = {
        ...{ clientKey, patientId: counter.patientId, terms: 'immediate', unpaid: false, expectedNet: counter.net },
        services: counter.services.map((code) => ({ code, discountPercent: '0' })),
        payments: [{ method: 'cash', amount: counter.net, tendered: counter.net }],
      };
      const order = await persist(() => portal.mutate<{ orderId: string; number: string }>('orders.createPaid', cart), {
        refusals,
        stop,
      });
      if (order) sold.push({ clientKey, orderId: order.orderId, number: order.number });
      await pause(random() * LONGEST_PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
  portal.close();
}

/** Every counter of the demo business at once. */
export async function cashiers(given: {
  sold: Acknowledged[];
  refusals: Refusals;
  stop: () => boolean;
  random: () => number;
}): Promise<void> {
  await Promise.all(ACCOUNTS.map((account, place) => sell(account, place, given)));
}
