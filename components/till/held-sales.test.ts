import { describe, expect, it } from 'vitest';
import { forgetPerson, welcomePerson } from '@/components/identity/personal-storage';
import { changeCart, emptyCart } from './cart-state';
import { type HeldSale, heldSales } from './held-sales';

/** A browser's storage, held here so that the test can read all of it. */
class Drawer implements Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'> {
  readonly kept = new Map<string, string>();
  get length() {
    return this.kept.size;
  }
  key = (index: number) => [...this.kept.keys()][index] ?? null;
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

const keyOf = (letter: string) => btoa(letter.repeat(32));
const patient = {
  id: '1',
  code: 'BN-0001',
  fullName: 'Trần Thị Bí Mật',
  dob: '1990-05-12',
  sex: 'female' as const,
  phone: '+84912345678',
  createdAt: new Date('2026-11-05T08:00:00Z'),
};
const sale: HeldSale = {
  heldAt: '2026-11-05T08:00:00Z',
  cart: changeCart(changeCart(emptyCart('k'), { do: 'patient', patient }), { do: 'note', note: 'sợ kim' }),
};

describe('sales on hold', () => {
  it('come back to their cashier, in their shift', async () => {
    const drawer = new Drawer();
    expect(await heldSales('shift', keyOf('a'), () => drawer).change(() => [sale])).toBe('kept');
    expect(await heldSales('shift', keyOf('a'), () => drawer).load()).toEqual([sale]);
    expect(await heldSales('other', keyOf('a'), () => drawer).load()).toEqual([]);
  });

  it('leave nothing of a patient in the browser that can be read there', async () => {
    const drawer = new Drawer();
    await heldSales('shift', keyOf('a'), () => drawer).change(() => [sale]);
    const all = JSON.stringify([...drawer.kept]);
    for (const secret of [patient.fullName, 'Bí', patient.dob, patient.phone, patient.code, 'sợ kim'])
      expect(all).not.toContain(secret);
  });

  it('are nothing to another cashier at the same machine', async () => {
    const drawer = new Drawer();
    await heldSales('shift', keyOf('a'), () => drawer).change(() => [sale]);
    expect(await heldSales('shift', keyOf('b'), () => drawer).load()).toEqual([]);
  });

  it('cannot be moved to another shift by who can write there', async () => {
    const drawer = new Drawer();
    await heldSales('shift', keyOf('a'), () => drawer).change(() => [sale]);
    drawer.setItem('personal.held.other', drawer.getItem('personal.held.shift') ?? '');
    expect(await heldSales('other', keyOf('a'), () => drawer).load()).toEqual([]);
  });

  it('go with a sign-out and with a change of person, also those of a release that kept them in the clear', async () => {
    const drawer = new Drawer();
    drawer.setItem('table.orders', '{}');
    welcomePerson('first', drawer);
    await heldSales('shift', keyOf('a'), () => drawer).change(() => [sale]);
    drawer.setItem('till.held.old', JSON.stringify(sale));
    welcomePerson('first', drawer);
    expect(await heldSales('shift', keyOf('a'), () => drawer).load()).toHaveLength(1);
    expect(drawer.getItem('till.held.old')).toBeNull();
    welcomePerson('second', drawer);
    expect([...drawer.kept.keys()]).toEqual(['table.orders', 'personal-owner']);
    await heldSales('shift', keyOf('b'), () => drawer).change(() => [sale]);
    forgetPerson(drawer);
    expect([...drawer.kept.keys()]).toEqual(['table.orders']);
  });

  it('are not kept where the browser refuses', async () => {
    const full = () => {
      throw new Error('full');
    };
    expect(await heldSales('shift', keyOf('a'), full).change(() => [sale])).toBe('refused');
    expect(await heldSales('shift', keyOf('a'), full).load()).toEqual([]);
  });

  it('of two tabs are held beside each other, and what one took back is gone for the other', async () => {
    const drawer = new Drawer();
    const [one, other] = [0, 1].map(() => heldSales('shift', keyOf('a'), () => drawer));
    const second = { ...sale, cart: { ...sale.cart, clientKey: 'k2' } };
    await Promise.all([
      one?.change((sales) => [sale, ...sales]),
      other?.change((sales) => [second, ...sales]),
      one?.change((sales) => [...sales]),
    ]);
    expect((await one?.load())?.map(({ cart }) => cart.clientKey).sort()).toEqual(['k', 'k2']);
    await one?.change(() => []);
    expect(await other?.change((sales) => (sales.length === 0 ? null : sales))).toBe('gone');
  });

  it('of a former release, with another shape, count as none', async () => {
    const drawer = new Drawer();
    const { tenders: _, ...former } = sale.cart;
    const mixed = [{ ...sale, cart: former as typeof sale.cart }, sale];
    await heldSales('shift', keyOf('a'), () => drawer).change(() => mixed);
    expect(await heldSales('shift', keyOf('a'), () => drawer).load()).toEqual([sale]);
  });
});
