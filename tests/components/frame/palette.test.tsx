import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Palette } from '@/components/frame/palette';
import type { PaletteResult } from '@/components/frame/palette-items';
import { useEverythingSearch } from '@/components/frame/use-everything-search';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { expectFocus } from '../press';

const result = (kind: PaletteResult['kind'], title: string): PaletteResult => ({
  kind,
  id: title,
  title,
  detail: `chi tiết ${title}`,
  href: `/${kind}/${title}`,
});

async function palette(props: Partial<Parameters<typeof Palette>[0]> = {}) {
  const onOpenChange = vi.fn();
  const screen = await onScreen(
    <Palette open onOpenChange={onOpenChange} permittedPlaces={['/orders', '/patients']} {...props} />,
  );
  const rows = () =>
    screen
      .getByRole('option')
      .elements()
      .map((row) => row.textContent);
  const box = screen.getByRole('combobox');
  return { screen, rows, box, onOpenChange };
}

describe('the palette', () => {
  it('takes the focus, knows only the places that one may open, and finds them without accents', async () => {
    const { rows, box } = await palette();
    await expectFocus(box);
    await expect.poll(rows).toEqual(['Đơn hàng', 'Bệnh nhân']);
    await box.fill('don');
    await expect.poll(rows).toEqual(['Đơn hàng']);
  });

  it('by the keyboard alone: arrows go round, Enter goes there and closes', async () => {
    const { screen, onOpenChange } = await palette();
    await userEvent.keyboard('{ArrowUp}');
    await expect.poll(() => document.querySelector('[role=option][aria-selected=true]')?.textContent).toBe('Bệnh nhân');
    await userEvent.keyboard('{Enter}');
    await expectAddress('/patients');
    expect(onOpenChange).toHaveBeenCalledExactlyOnceWith(false);
    await userEvent.keyboard('{Escape}');
    expect(onOpenChange).toHaveBeenCalledTimes(2);
    await screen.unmount();
  });

  it('shows what the server found by kind, in its order, and goes to it', async () => {
    const search = vi.fn(async () => [result('doctors', 'BS1'), result('patients', 'Mai'), result('patients', 'Lan')]);
    const { screen, rows, box } = await palette({ search });
    await box.fill('mai');
    await expect.poll(rows).toEqual(['Maichi tiết Mai', 'Lanchi tiết Lan', 'BS1chi tiết BS1']);
    await expect.element(screen.getByText('Bác sĩ giới thiệu')).toBeVisible();
    await screen.getByRole('option', { name: /Lan/ }).click();
    await expectAddress('/patients/Lan');
  });

  it('does what was chosen, once it is closed', async () => {
    const onAction = vi.fn();
    const { screen, onOpenChange } = await palette({ actions: [{ id: 'new', label: 'Bán đơn mới', onAction }] });
    await screen.getByRole('option', { name: 'Bán đơn mới' }).click();
    expect(onOpenChange).toHaveBeenCalledExactlyOnceWith(false);
    expect(onAction).toHaveBeenCalledTimes(1);
  });

  it('says when there is nothing, and apart from that when it could not look', async () => {
    const search = vi.fn().mockResolvedValueOnce([]).mockRejectedValueOnce(new Error('offline'));
    const { screen, box } = await palette({ search });
    await box.fill('zzz');
    await expect.element(screen.getByText(/Không tìm thấy “zzz”/)).toBeVisible();
    await box.fill('zzzz');
    await expect.element(screen.getByText('Chưa tìm được lúc này. Hãy thử lại sau giây lát.')).toBeVisible();
    expect(screen.getByText(/Không tìm thấy/).elements()).toHaveLength(0);
  });
});

describe('useEverythingSearch', () => {
  it('asks from two signs on, once the typing rests, and drops the answer to an older question', async () => {
    const answers = new Map<string, (found: PaletteResult[]) => void>();
    const search = vi.fn((query: string) => new Promise<PaletteResult[]>((resolve) => answers.set(query, resolve)));
    const { result: state, rerender } = await hookOnScreen(
      (typed = '') => useEverythingSearch(search, typed),
      {},
      'm ',
    );
    expect(state.current).toEqual({ results: [], searching: false, failed: false });
    await rerender('ma');
    expect(state.current.searching).toBe(true);
    await expect.poll(() => answers.has('ma')).toBe(true);
    await rerender(' mai ');
    await expect.poll(() => answers.has('mai')).toBe(true);
    answers.get('mai')?.([result('patients', 'Mai')]);
    await expect.poll(() => state.current.searching).toBe(false);
    answers.get('ma')?.([]);
    await Promise.resolve();
    expect(state.current.results).toHaveLength(1);
    expect(search.mock.calls).toEqual([['ma'], ['mai']]);
    await rerender('m');
    expect(state.current.results).toEqual([]);
  });
});
