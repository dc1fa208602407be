import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Palette } from '@/components/frame/palette';
import { followAct, kindIcon, type PaletteResult } from '@/components/frame/palette-items';
import { PLACES } from '@/components/frame/places';
import * as preferences from '@/components/frame/preferences';
import { recentPlaces, recentThings } from '@/components/frame/recent-things';
import { useEverythingSearch } from '@/components/frame/use-everything-search';
import { usePalette } from '@/components/frame/use-palette';
import { usePaletteActions } from '@/components/frame/use-palette-actions';
import { usePaletteLists } from '@/components/frame/use-palette-lists';
import { useRecentThings } from '@/components/frame/use-recent-things';
import { axeProblems } from '../network';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { expectFocus } from '../press';

// They run on the server and set cookies there.
vi.mock('@/components/frame/preferences', () => ({
  chooseLocale: vi.fn(async () => {}),
  chooseTheme: vi.fn(async () => {}),
  chooseRail: vi.fn(async () => {}),
}));
afterEach(() => {
  vi.restoreAllMocks();
  delete document.documentElement.dataset.theme;
});

const result = (
  kind: PaletteResult['kind'],
  title: string,
  acts: PaletteResult['acts'] = [{ act: 'open', href: `/${kind}/${title}` }],
): PaletteResult => ({ kind, id: title, title, detail: `chi tiết ${title}`, acts });

const trang = result('patients', 'Trang', [
  { act: 'open', href: '/patients/1' },
  { act: 'sell', href: '/pos?patient=1' },
  { act: 'orders', href: '/patients/1#orders' },
]);
const order = result('orders', 'Q1-1', [
  { act: 'open', href: '/orders/1' },
  { act: 'receipt', href: '/orders/1/receipt?language=vi', document: true },
]);

async function palette(props: Partial<Parameters<typeof Palette>[0]> = {}) {
  const onOpenChange = vi.fn();
  const screen = await onScreen(
    <Palette open onOpenChange={onOpenChange} permittedPlaces={['/orders', '/patients']} {...props} />,
  );
  const titles = () =>
    screen
      .getByRole('option')
      .elements()
      .map((row) => row.querySelector('span.font-medium')?.textContent ?? row.textContent ?? '');
  const box = screen.getByRole('combobox');
  return { screen, titles, box, onOpenChange };
}
const chosen = () => document.querySelector('[role=option][aria-selected=true]')?.textContent;

describe('the palette', () => {
  it('takes the focus, knows only the places that one may open, and finds them without accents', async () => {
    const { screen, titles, box } = await palette();
    await expectFocus(box);
    await expect
      .poll(() => titles().filter((row) => /Đơn hàng|Bệnh nhân|Bảng kê/.test(row)))
      .toEqual(['Đơn hàng', 'Bệnh nhân']);
    await box.fill('don');
    await expect.poll(titles).toEqual(['Đơn hàng']);
    await box.fill('nhan benh');
    await expect.poll(titles).toEqual(['Bệnh nhân']);
    await expect.element(screen.getByRole('status')).toHaveTextContent('1 kết quả');
    expect(await axeProblems()).toEqual([]);
  });

  it('by the keyboard alone: arrows go round, Enter goes there and closes', async () => {
    const { screen, box, onOpenChange } = await palette();
    await box.fill('h');
    await userEvent.keyboard('{ArrowUp}');
    await expect.poll(chosen).toBe('Đơn hàng');
    await userEvent.keyboard('{Enter}');
    await expectAddress('/orders');
    expect(onOpenChange).toHaveBeenCalledExactlyOnceWith(false);
    await userEvent.keyboard('{Escape}');
    expect(onOpenChange).toHaveBeenCalledTimes(2);
    await screen.unmount();
  });

  it('shows what the server found by kind, in its order, and goes to it', async () => {
    const search = vi.fn(async () => [result('doctors', 'BS1'), result('patients', 'Mai'), result('patients', 'Lan')]);
    const { screen, titles, box } = await palette({ search });
    await box.fill('mai');
    await expect.poll(titles).toEqual(['Mai', 'Lan', 'BS1']);
    await expect.poll(chosen).toContain('Mai');
    await expect.element(screen.getByText('Bác sĩ giới thiệu')).toBeVisible();
    await expect.element(screen.getByRole('status')).toHaveTextContent('3 kết quả');
    await screen.getByRole('option', { name: /Lan/ }).click();
    await expectAddress('/patients/Lan');
  });

  it('Tab shows what more can be done with what is chosen, and Enter does it', async () => {
    const { screen, titles, box, onOpenChange } = await palette({ search: async () => [trang] });
    await box.fill('trang');
    await expect.poll(chosen).toContain('Trang');
    await userEvent.keyboard('{Tab}');
    await expect.poll(titles).toEqual(['Mở', 'Bán cho bệnh nhân nàyCtrlEnter', 'Đơn hàng của bệnh nhân này']);
    await expectFocus(box);
    expect(await axeProblems()).toEqual([]);
    await box.fill('ban');
    await expect.poll(titles).toHaveLength(1);
    await userEvent.keyboard('{Enter}');
    await expectAddress('/pos?patient=1');
    expect(onOpenChange).toHaveBeenCalledExactlyOnceWith(false);
    await screen.unmount();
  });

  it('the second act is one press away, and a document opens beside the page', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null);
    const { box, onOpenChange } = await palette({ search: async () => [order] });
    await box.fill('q1-1');
    await expect.poll(chosen).toContain('Q1-1');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(open).toHaveBeenCalledExactlyOnceWith('/orders/1/receipt?language=vi', '_blank', 'noopener');
    expect(onOpenChange).toHaveBeenCalledExactlyOnceWith(false);
  });

  it('goes back from what can be done to where it came from, and closes only then', async () => {
    const { titles, box, onOpenChange } = await palette({ search: async () => [trang] });
    for (const key of ['{Escape}', '{Backspace}', '{ArrowLeft}', '{Shift>}{Tab}{/Shift}']) {
      await box.fill('trang');
      await expect.poll(titles).toEqual(['Trang']);
      await userEvent.keyboard('{ArrowRight}');
      await expect.poll(titles).toHaveLength(3);
      await userEvent.keyboard(key);
      await expect.poll(titles).toEqual(['Trang']);
      await expect.element(box).toHaveValue('trang');
    }
    expect(onOpenChange).not.toHaveBeenCalled();
  });

  it('useEnterAhead: Enter before the answer is there opens what it brings; typing on takes it back', async () => {
    const answers: ((found: PaletteResult[]) => void)[] = [];
    const search = vi.fn(() => new Promise<PaletteResult[]>((resolve) => answers.push(resolve)));
    const { box } = await palette({ search });
    await box.fill('trang');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => answers.length).toBe(1);
    answers[0]?.([trang]);
    await expectAddress('/patients/1');
  });

  it('useSelected starts at what one was at last, which is shown until something is typed', async () => {
    const recent = async () => [trang, order];
    const { screen, titles, box } = await palette({ recent, search: async () => [] });
    await expect.poll(() => titles().slice(0, 2)).toEqual(['Trang', 'Q1-1']);
    await expect.element(screen.getByText('Gần đây')).toBeVisible();
    await expect.poll(chosen).toContain('Trang');
    await box.fill('don');
    await expect.poll(titles).toEqual(['Đơn hàng']);
  });

  it('offers what the person may begin, and nothing else', async () => {
    const onSignOut = vi.fn();
    const { screen, titles, box } = await palette({ mayBegin: ['sell', 'register', 'shift'], shift: null, onSignOut });
    await expect
      .poll(() => titles().slice(0, 4))
      .toEqual(['Bán đơn mới', 'Đăng ký bệnh nhân', 'Mở ca', 'Phiên đăng nhập và mật khẩu']);
    expect(titles()).not.toContain('Tải tệp lên');
    await box.fill('dang xuat');
    await screen.getByRole('option', { name: 'Đăng xuất' }).click();
    expect(onSignOut).toHaveBeenCalledTimes(1);
  });

  it('changes how the portal looks to a person', async () => {
    const { screen, box } = await palette();
    await box.fill('giao dien toi');
    await screen.getByRole('option', { name: 'Giao diện: tối' }).click();
    expect(document.documentElement.dataset.theme).toBe('dark');
    expect(preferences.chooseTheme).toHaveBeenCalledExactlyOnceWith('dark');
  });

  it('does what was chosen, once it is closed', async () => {
    const onAction = vi.fn();
    const { screen, onOpenChange } = await palette({ actions: [{ id: 'new', label: 'Việc mới', onAction }] });
    await screen.getByRole('option', { name: 'Việc mới' }).click();
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

it('kindIcon is the icon of the place, and followAct goes in its place but for a document', () => {
  expect(kindIcon('orders')).toBe(PLACES.find(({ id }) => id === 'orders')?.icon);
  const open = vi.spyOn(window, 'open').mockReturnValue(null);
  const go = vi.fn();
  for (const act of [...order.acts]) followAct(act, go);
  expect(go.mock.calls).toEqual([['/orders/1']]);
  expect(open).toHaveBeenCalledTimes(1);
});

it('usePalette has no more to do with what can only be opened', async () => {
  const props = { open: true, onOpenChange: () => {}, permittedPlaces: [] };
  const { result: palette } = await hookOnScreen(() => usePalette(props));
  expect(palette.current.openActs(result('doctors', 'BS1'))).toBe(false);
  expect(palette.current.openActs(undefined)).toBe(false);
  expect(palette.current.thing).toBeNull();
});

it('useRecentThings notes what the address shows', async () => {
  const id = '00000000-0000-7000-8000-000000000001';
  await hookOnScreen(() => useRecentThings(), { address: `/patients/${id}` });
  await expect.poll(() => recentThings()).toEqual([{ kind: 'patients', id }]);
  expect(recentPlaces()).toEqual(['patients']);
  localStorage.clear();
});

it('usePaletteActions closes a shift that is open, through its dialog', async () => {
  const { result: actions } = await hookOnScreen(() =>
    usePaletteActions({ mayBegin: ['shift'], shift: { till: 'Q1', openedAt: '2026-11-29T01:30:00Z' } }),
  );
  const close = actions.current.find(({ id }) => id === 'shift');
  expect(close?.label).toBe('Đóng ca');
  close?.onAction();
  await expectAddress('/pos?close=shift');
});

it('usePaletteLists counts all that is shown', async () => {
  const props = {
    open: true,
    onOpenChange: () => {},
    permittedPlaces: ['/orders'],
    actions: [{ id: 'a', label: 'Đơn mới', onAction: () => {} }],
  };
  const { result: lists } = await hookOnScreen(() => usePaletteLists(props, 'don'));
  expect(lists.current).toMatchObject({ count: 2, searching: false, failed: false });
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
