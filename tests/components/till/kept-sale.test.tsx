import { expect, it } from 'vitest';
import { privateStore } from '@/components/identity/private-store';
import { changeCart, emptyCart } from '@/components/till/cart-state';
import { Till } from '@/components/till/till';
import { useSale } from '@/components/till/use-sale';
import { expectAddress, hookOnScreen, newPersonalKey, onScreen } from '../on-screen';
import { serverAnswers } from '../server-answers';
import { heldAtBranch } from './held-at-branch';
import { mai, payer, quote, services, shift, tillAtWork } from './till-at-work';

it('a sale that a former release kept, with another shape, does not keep the till from opening', async () => {
  const key = newPersonalKey();
  const { tenders: _, ...former } = { ...emptyCart(crypto.randomUUID()), note: 'cũ' };
  const store = privateStore<unknown>({ name: 'draft.cart', key });
  await store.keep({ at: new Date(), draft: former });
  const { add, lines, screen } = await tillAtWork({}, 'vi', key);
  await add('GLU');
  await expect.poll(lines).toHaveLength(1);
  expect(screen.getByText(/Đã khôi phục/).elements()).toEqual([]);
  // And what is written from now on is kept in its place.
  await expect.poll(async () => (await store.load()) as object).toMatchObject({ draft: { lines: [{ code: 'GLU' }] } });
});

it('who is sold to by an address comes beside the sale that was not finished: none of it is lost', async () => {
  const key = newPersonalKey();
  const store = privateStore<unknown>({ name: 'draft.cart', key });
  const begun = changeCart(emptyCart(crypto.randomUUID()), { do: 'patient', patient: { ...mai, id: payer.id } });
  await store.keep({ at: new Date(), draft: changeCart(begun, { do: 'add', code: 'GLU' }) });
  // The page before holds the draft's name for a moment yet.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  void navigator.locks.request('draft.cart', () => held);
  const branch = heldAtBranch();
  serverAnswers({
    'till.sellable': () => services,
    'till.quote': quote,
    'patients.byId': () => ({ ...mai, email: null, address: null, orders: [] }),
    ...branch.answers,
  });
  const screen = await onScreen(<Till shift={shift} />, { personalKey: key, address: `/pos?patient=${mai.id}` });
  await expectAddress('/pos');
  setTimeout(release, 300);
  await expect.element(screen.getByRole('button', { name: 'F8 Lấy lại (1)' })).toBeVisible();
  await expect.element(screen.getByText(mai.code)).toBeVisible();
  const kept = [...branch.sales.values()].map(({ patientId, services: held }) => [
    patientId,
    held.map(({ code }) => code),
  ]);
  expect(kept).toEqual([[payer.id, ['GLU']]]);
});

it('who is sold to by an address is not put to a sale that comes back in the same moment (useSale)', async () => {
  const branch = heldAtBranch();
  serverAnswers(branch.answers);
  const { result, act } = await hookOnScreen(() => useSale(shift.id), { personalKey: newPersonalKey() });
  await act(() => {
    result.current.act({ do: 'patient', patient: { ...mai, id: payer.id } });
    result.current.act({ do: 'add', code: 'GLU' });
    result.current.sellTo(mai);
  });
  await expect.poll(() => result.current.cart.patient?.id).toBe(mai.id);
  expect(result.current.cart.lines).toEqual([]);
  expect([...branch.sales.values()].map(({ patientId, services: held }) => [patientId, held.length])).toEqual([
    [payer.id, 1],
  ]);
});

it('a sale that was not finished when its shift was closed comes with the next one', async () => {
  const key = newPersonalKey();
  const before = await tillAtWork({}, 'vi', key);
  await before.add('GLU');
  await expect.poll(before.lines).toHaveLength(1);
  await expect.poll(() => Object.keys(localStorage).some((name) => name.includes('draft.'))).toBe(true);
  await before.screen.unmount();
  const next = { ...shift, id: '00000000-0000-7000-8000-000000000077' };
  const screen = await onScreen(<Till shift={next} />, { personalKey: key });
  await expect.element(screen.getByText(/Đã khôi phục phần bạn đang làm dở/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Chọn dòng Đường huyết' })).toBeVisible();
});
