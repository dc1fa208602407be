import { describe, expect, it, vi } from 'vitest';
import { FilterBar } from '@/components/ui/filter-bar';
import { useUrlFilters } from '@/components/ui/use-url-filters';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';

const bar = (address: string) =>
  onScreen(
    <FilterBar
      search={{ label: 'Tìm đơn' }}
      filters={[
        { kind: 'day', param: 'from', label: 'Từ ngày' },
        { kind: 'choice', param: 'state', label: 'Trạng thái', options: [{ value: 'paid', label: 'Đã thu' }] },
      ]}
    />,
    { address },
  );

describe('filters live in the address (useUrlFilters)', () => {
  it('what is typed goes there once the typing rests; what else stands there stays', async () => {
    const screen = await bar('/orders?open=1&state=paid');
    await screen.getByRole('searchbox', { name: 'Tìm đơn' }).fill('mai');
    await expectAddress('/orders?open=1&state=paid&q=mai');
    await expect.element(screen.getByRole('button', { name: 'Đã thu Trạng thái' })).toBeVisible();
  });

  it('a choice and a day are set, and “all” and an emptied day take them away', async () => {
    const screen = await bar('/orders');
    expect(screen.getByRole('button', { name: 'Xóa bộ lọc' }).elements()).toHaveLength(0);
    await screen.getByRole('button', { name: /Trạng thái/ }).click();
    await screen.getByRole('option', { name: 'Đã thu' }).click();
    await expectAddress('/orders?state=paid');
    await screen.getByRole('textbox', { name: 'Từ ngày' }).fill('02/11/2026');
    await expectAddress('/orders?state=paid&from=2026-11-02');
    await screen.getByRole('textbox', { name: 'Từ ngày' }).fill('');
    await expectAddress('/orders?state=paid');
    await screen.getByRole('button', { name: /Trạng thái/ }).click();
    await screen.getByRole('option', { name: 'Trạng thái: tất cả' }).click();
    await expectAddress('/orders');
  });

  it('all are cleared at once, the boxes with them, and what is no filter stays', async () => {
    const screen = await bar('/orders?q=mai&from=2026-11-02&state=paid&open=1');
    await expect.element(screen.getByRole('searchbox')).toHaveValue('mai');
    await expect.element(screen.getByRole('textbox', { name: 'Từ ngày' })).toHaveValue('02/11/2026');
    await screen.getByRole('button', { name: 'Xóa bộ lọc' }).click();
    await expectAddress('/orders?open=1');
    await expect.element(screen.getByRole('searchbox')).toHaveValue('');
    await expect.element(screen.getByRole('textbox', { name: 'Từ ngày' })).toHaveValue('');
  });

  it('a second change does not lose the first that is still on its way', async () => {
    const { result, act } = await hookOnScreen(useUrlFilters, { address: '/orders?state=paid', arrivesAfterMs: 300 });
    await act(() => result.current.set({ q: 'mai' }));
    await act(() => result.current.set({ open: '7' }, true));
    await expectAddress('/orders?state=paid&q=mai&open=7');
    await act(() => result.current.set({ open: '' }));
    await expectAddress('/orders?state=paid&q=mai');
  });

  it('several changes are one step, and an empty text takes its filter away', async () => {
    const { result, act } = await hookOnScreen(useUrlFilters, { address: '/orders?q=mai&state=paid' });
    expect([result.current.get('q'), result.current.get('none')]).toEqual(['mai', '']);
    await act(() => result.current.set({ q: '', state: 'voided', open: '7' }));
    await expectAddress('/orders?state=voided&open=7');
    await act(() => result.current.set({ state: '', open: '' }));
    await expectAddress('/orders');
  });
});

it('asks the address once for a word, not for each of its letters', async () => {
  const replaced = vi.spyOn(history, 'replaceState');
  const screen = await bar('/orders');
  replaced.mockClear();
  const box = screen.getByRole('searchbox').element() as HTMLInputElement;
  box.focus();
  for (const letter of 'đặng') document.execCommand('insertText', false, letter);
  await expectAddress(`/orders?q=${encodeURIComponent('đặng')}`);
  expect(replaced).toHaveBeenCalledTimes(1);
  replaced.mockRestore();
});
