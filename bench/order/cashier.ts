// A cashier at the running instance, who sells three services to one patient.
import type { Sellable } from '../../server/modules/sales/till/schema';
import { type Portal, signIn } from '../portal/client';

export const ACCOUNT = 'cashier@sapoche.example';

export type Cart = { services: string[]; net: bigint; patientId: string };

/** An open shift, three services that anybody may have, and somebody to have them. */
async function prepare({ query, mutate }: Portal): Promise<Cart> {
  if (!(await query('till.current'))) {
    const tills = await query<{ id: string; inUseBy: string | null }[]>('till.tills');
    const free = tills.find((till) => till.inUseBy === null);
    if (!free) throw new Error('no till is free');
    await mutate('till.open', { tillId: free.id, floatAmount: 500_000n });
  }
  const sellable = await query<Sellable[]>('till.sellable', { customerId: null });
  const plain = sellable.filter(
    (one) => one.kind === 'test' && one.sex === 'any' && !one.minAge && !one.maxAge && one.price,
  );
  const chosen = plain.slice(0, 3);
  if (chosen.length < 3) throw new Error('fewer than three services can be sold to anybody');
  const patient = {
    fullName: 'Người Đo Tốc Độ',
    dob: '1990-01-01',
    sex: 'female',
    phone: '0900000000',
    email: '',
    address: '',
  };
  const { id } = await mutate<{ id: string }>('patients.register', patient);
  const net = chosen.reduce((sum, one) => sum + (one.price ?? 0n), 0n);
  return { services: chosen.map((one) => one.code), net, patientId: id };
}

/** Somebody who sells over HTTP through tRPC. */
export class Cashier {
  readonly cart: Cart;
  readonly portal: Portal;

  private constructor(portal: Portal, cart: Cart) {
    this.portal = portal;
    this.cart = cart;
  }

  static async open(): Promise<Cashier> {
    const portal = await signIn(ACCOUNT);
    return new Cashier(portal, await prepare(portal));
  }

  async sell(): Promise<{ orderId: string }> {
    const { services, net, patientId } = this.cart;
    return this.portal.mutate('orders.createPaid', {
      clientKey: crypto.randomUUID(),
      patientId,
      terms: 'immediate',
      unpaid: false,
      expectedNet: net,
      services: services.map((code) => ({ code, discountPercent: '0' })),
      payments: [{ method: 'cash', amount: net, tendered: net }],
    });
  }

  /** So many sales, `cashiers` of them at once, each beginning again as soon as it is done. */
  async rush(sales: number, cashiers: number): Promise<void> {
    let begun = 0;
    const sellOn = async () => {
      while (begun < sales) {
        begun += 1;
        await this.sell();
      }
    };
    await Promise.all(Array.from({ length: cashiers }, sellOn));
  }
}
