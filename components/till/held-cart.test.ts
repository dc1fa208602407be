import { describe, expect, it } from 'vitest';
import { changeCart, emptyCart } from './cart-state';
import { cartOfHold, heldOf, nameOfHold } from './held-cart';

const patient = {
  id: 'p',
  code: 'BN1',
  fullName: 'Đặng Thị Mai',
  dob: '1990-11-05',
  sex: 'female' as const,
  phone: '+84912345678',
  createdAt: new Date('2026-01-01'),
};
const cart = changeCart(changeCart(emptyCart('k'), { do: 'patient', patient }), { do: 'add', code: 'CBC' });

describe('a sale that is put aside', () => {
  it('is called by its patient, else by its note, else by its services; or as it was called before', () => {
    expect(nameOfHold(cart)).toBe('Đặng Thị Mai');
    expect(nameOfHold({ ...cart, patient: null, note: ' chờ giấy\nmai lại' })).toBe('chờ giấy');
    expect(nameOfHold({ ...cart, patient: null })).toBe('CBC');
    expect(nameOfHold({ ...cart, heldAs: 'Chị áo đỏ' })).toBe('Chị áo đỏ');
    expect(nameOfHold(emptyCart('k'))).toBe('–');
    expect(nameOfHold({ ...cart, heldAs: 'x'.repeat(200) })).toHaveLength(120);
  });

  it('is sent with ids, codes and percentages alone, and comes back as the same cart', () => {
    const sent = heldOf({ ...cart, note: ' x ' }, 'Mai');
    expect(sent).toEqual({
      ...{ id: 'k', name: 'Mai', patientId: 'p', customerId: null, doctorId: null, onAccount: false, payLater: false },
      ...{ services: [{ code: 'CBC', discountPercent: '0' }], note: 'x' },
    });
    const { id, name, services, note, onAccount, payLater } = sent;
    const back = cartOfHold({ id, name, services, note, onAccount, payLater, patient, payer: null, doctor: null });
    expect(back).toEqual({ ...cart, note: 'x', heldAs: 'Mai' });
  });
});
