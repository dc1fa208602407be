import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { emptyCart } from '@/components/till/cart-state';
import { heldSales } from '@/components/till/held-sales';
import { newPersonalKey } from '../on-screen';
import { expectFocus, expectText } from '../press';
import { LostConnection, refuses, sentTo } from '../server-answers';
import { heldAtBranch } from './held-at-branch';
import { shift, tillAtWork } from './till-at-work';

let online = true;
beforeEach(() => {
  online = true;
  vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => online);
});
afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

type AtWork = Awaited<ReturnType<typeof tillAtWork>>;
const recall = ({ screen }: AtWork, count: number) => screen.getByRole('button', { name: `F8 Lấy lại (${count})` });
const hold = async ({ screen }: AtWork, name?: string) => {
  await userEvent.keyboard('{F6}');
  const box = screen.getByRole('dialog').getByRole('textbox', { name: 'Tên để tìm lại' });
  await expectFocus(box);
  if (name !== undefined) await box.fill(name);
  await userEvent.keyboard('{Enter}');
};

describe('sales that wait at the branch (HoldDialog, HeldDialog, DropHeldDialog, useSale, useHeldSales, useBranchHolds)', () => {
  it('F6 and Enter put one aside under the patient’s name, nothing of it stays in the browser; F8 and Enter bring it back', async () => {
    const branch = heldAtBranch();
    const till = await tillAtWork(branch.answers);
    await userEvent.keyboard('{F6}');
    expect(till.screen.getByRole('dialog').elements()).toHaveLength(0);
    await till.patient();
    await till.add('CBC');
    await hold(till);
    await expect.element(till.screen.getByText(/Đã giữ đơn/)).toBeVisible();
    await expect.poll(till.lines).toEqual([]);
    expect([...branch.sales.values()]).toMatchObject([
      { name: 'Đặng Thị Mai', services: [{ code: 'CBC', discountPercent: '0' }] },
    ]);
    expect(Object.keys(localStorage).filter((key) => key.includes('held'))).toEqual([]);
    await recall(till, 1).click();
    await expectText(till.screen.getByRole('button', { name: /Lan giữ ở quầy Q2/ }), '120.000');
    await userEvent.keyboard('{Enter}');
    await expect.poll(till.lines).toEqual(['Chọn dòng Công thức máu']);
    await expect.element(till.screen.getByText('BN1')).toBeVisible();
    // Under the key under which it was put aside: no repeat sells it twice.
    expect(sentTo(till.sent, 'heldSales.take')).toEqual([{ id: [...branch.sales.keys()][0] }]);
  });

  it('the one at hand is put aside in its turn, and a name that was typed stays with its sale', async () => {
    const branch = heldAtBranch();
    const till = await tillAtWork(branch.answers);
    await till.add('CBC');
    await hold(till, 'Chị áo đỏ');
    await expect.poll(till.lines).toEqual([]);
    await till.add('GLU');
    await recall(till, 1).click();
    await till.screen.getByRole('button', { name: /^Chị áo đỏ/ }).click();
    await expect.poll(till.lines).toEqual(['Chọn dòng Công thức máu']);
    expect([...branch.sales.values()].map(({ name, takenBy }) => [name, takenBy?.till])).toEqual([
      ['Chị áo đỏ', 'Q1'],
      ['GLU', undefined],
    ]);
    await hold(till);
    await expect.poll(() => [...branch.sales.values()].filter(({ takenBy }) => takenBy === null)).toHaveLength(2);
    expect([...branch.sales.values()].map(({ name }) => name)).toContain('Chị áo đỏ');
  });

  it('what another till has stands there with who has it; asked for, the till says so and keeps what it has', async () => {
    const branch = heldAtBranch();
    const till = await tillAtWork(branch.answers);
    await till.add('CBC');
    await hold(till);
    await expect.poll(() => branch.sales.size).toBe(1);
    for (const sale of branch.sales.values()) sale.takenBy = { name: 'Hoa', till: 'Q3', self: false };
    await till.add('GLU');
    await recall(till, 1).click();
    await till.screen.getByRole('button', { name: /CBC/ }).click();
    await expect.element(till.screen.getByText(/đang ở quầy Q3 của Hoa/)).toBeVisible();
    await expect.poll(till.lines).toEqual(['Chọn dòng Đường huyết']);
    await till.screen.getByRole('button', { name: /^F8/ }).click();
    await expect.element(till.screen.getByText('Đang ở quầy Q3 của Hoa')).toBeVisible();
  });

  it('one that this till has goes back when its cart is emptied; Delete in the list drops one for good, once it is confirmed', async () => {
    const branch = heldAtBranch();
    const till = await tillAtWork(branch.answers);
    await till.add('CBC');
    await hold(till);
    await expect.poll(() => branch.sales.size).toBe(1);
    await recall(till, 1).click();
    await userEvent.keyboard('{Enter}');
    await expect.poll(till.lines).toHaveLength(1);
    await till.screen.getByRole('button', { name: 'Bỏ Công thức máu' }).click();
    await expect.poll(() => [...branch.sales.values()][0]?.takenBy).toBeNull();
    await recall(till, 1).click();
    await userEvent.keyboard('{Delete}');
    await till.screen.getByRole('alertdialog').getByRole('button', { name: 'Bỏ đơn' }).click();
    await expect.poll(() => branch.sales.size).toBe(0);
    await expect.element(till.screen.getByText('Không giữ đơn nào')).toBeVisible();
  });

  it('a name is needed; what the branch refuses stays on the screen with the reason', async () => {
    const branch = heldAtBranch();
    const till = await tillAtWork({ ...branch.answers, 'heldSales.hold': refuses('held_sale_ended') });
    await till.add('CBC');
    await hold(till, ' ');
    await expect.element(till.screen.getByRole('alert').getByText(/Hãy ghi một tên/)).toBeVisible();
    await till.screen.getByRole('textbox', { name: 'Tên để tìm lại' }).fill('x');
    await userEvent.keyboard('{Enter}');
    await expect.element(till.screen.getByText(/đã được thu, đã bỏ hoặc đã quá hạn/)).toBeVisible();
    expect(till.lines()).toEqual(['Chọn dòng Công thức máu']);
  });
});

describe('while the line is down (useLocalHolds)', () => {
  it('a sale is kept in this browser, enciphered, said to be only here, and sent once when the line is back', async () => {
    const branch = heldAtBranch();
    const till = await tillAtWork(branch.answers);
    await till.patient();
    await till.add('CBC');
    online = false;
    await hold(till);
    await expect.element(till.screen.getByText(/đơn được giữ ở máy này/)).toBeVisible();
    await expect.poll(till.lines).toEqual([]);
    expect(branch.sales.size).toBe(0);
    expect(JSON.stringify(localStorage)).toContain('held');
    expect(JSON.stringify(localStorage)).not.toContain('Mai');
    await recall(till, 1).click();
    await expect.element(till.screen.getByText('Chỉ ở máy này, chờ có mạng')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    online = true;
    window.dispatchEvent(new Event('online'));
    await expect.poll(() => branch.sales.size).toBe(1);
    await expect.poll(() => Object.keys(localStorage).filter((key) => key.includes('held'))).toEqual([]);
    window.dispatchEvent(new Event('online'));
    await expect.element(recall(till, 1)).toBeVisible();
    expect(sentTo(till.sent, 'heldSales.hold')).toHaveLength(1);
  });

  it('also where only the answer is lost: the same sale under the same key', async () => {
    const branch = heldAtBranch();
    let lost = true;
    const answer = (sale: Parameters<(typeof branch.answers)['heldSales.hold']>[0]) => {
      const held = branch.answers['heldSales.hold'](sale);
      if (!lost) return held;
      lost = false;
      throw new LostConnection();
    };
    const till = await tillAtWork({ ...branch.answers, 'heldSales.hold': answer });
    await till.add('CBC');
    await hold(till);
    await expect.element(till.screen.getByText(/đơn được giữ ở máy này/)).toBeVisible();
    await expect.element(recall(till, 1)).toBeVisible();
    window.dispatchEvent(new Event('online'));
    await expect.poll(() => sentTo(till.sent, 'heldSales.hold')).toHaveLength(2);
    expect(branch.sales.size).toBe(1);
    await expect.poll(() => Object.keys(localStorage).filter((key) => key.includes('held'))).toEqual([]);
  });

  it('is found on another tab of the same cashier; taken back in the other it is not sold twice', async () => {
    online = false;
    const key = newPersonalKey();
    const first = await tillAtWork({}, 'vi', key);
    await first.add('CBC');
    await hold(first);
    const other = heldSales(shift.id, key);
    await expect.poll(async () => (await other.load()).length).toBe(1);
    await other.change((sales) => [
      { heldAt: new Date().toISOString(), cart: { ...emptyCart('k2'), note: 'x' } },
      ...sales,
    ]);
    await first.screen.unmount();
    const second = await tillAtWork({}, 'vi', key);
    await recall(second, 2).click();
    await other.change((sales) => sales.filter((one) => one.cart.clientKey === 'k2'));
    await second.screen.getByRole('button', { name: /^CBC/ }).click();
    await expect.element(second.screen.getByText('Đơn này đã được lấy lại ở một thẻ khác.')).toBeVisible();
    expect(second.lines()).toEqual([]);
    await expect.element(recall(second, 1)).toBeVisible();
  });

  it('a browser that keeps nothing leaves the sale on the screen and says so', async () => {
    online = false;
    const till = await tillAtWork();
    await till.add('CBC');
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await hold(till);
    await expect.element(till.screen.getByText(/Trình duyệt không cho lưu/)).toBeVisible();
    expect(till.lines()).toEqual(['Chọn dòng Công thức máu']);
  });
});
