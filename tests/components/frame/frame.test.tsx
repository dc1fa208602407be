import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Frame } from '@/components/frame/frame';
import type { FrameProps } from '@/components/frame/frame-props';
import * as preferences from '@/components/frame/preferences';
import { StaffFrame } from '@/components/frame/staff-frame';
import { useTheme } from '@/components/frame/switches';
import { useComeBack } from '@/components/frame/use-come-back';
import { navigations } from '../navigations';
import { axeProblems } from '../network';
import { expectAddress, hookOnScreen, newPersonalKey, onScreen } from '../on-screen';
import { expectFocus } from '../press';
import { sentTo, serverAnswers } from '../server-answers';

// They run on the server and set cookies there.
vi.mock('@/components/frame/preferences', () => ({
  chooseLocale: vi.fn(async () => {}),
  chooseTheme: vi.fn(async () => {}),
  chooseRail: vi.fn(async () => {}),
}));

beforeEach(() => void vi.clearAllMocks());
afterEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset.theme;
});

const props: FrameProps = {
  user: { name: 'Lê Văn An', email: 'an@sapoche.vn', role: 'Thu ngân' },
  branch: { code: 'HCM', name: 'Sài Gòn' },
  shift: { till: 'Q1', openedAt: '2026-11-29T01:30:00Z' },
  permittedPlaces: ['/pos', '/orders'],
  pending: [
    {
      kind: 'shifts-to-accept',
      address: '/pos/shifts?state=closed',
      count: 2,
      since: new Date('2026-11-29T01:00:00Z'),
    },
    {
      kind: 'statements-to-approve',
      address: '/statements/2026-10',
      count: 41,
      since: new Date('2026-11-01T01:00:00Z'),
    },
  ],
  onSignOut: () => {},
  children: <h1>Trang</h1>,
};

describe('the frame', () => {
  it('leads to the places that one may open, and marks where one is', async () => {
    const screen = await onScreen(<Frame {...props} />, { address: '/orders/7' });
    const rail = screen.getByRole('navigation', { name: 'Các khu vực làm việc' });
    await expect.element(rail.getByRole('link', { name: 'Đơn hàng' })).toHaveAttribute('aria-current', 'page');
    await expect.element(rail.getByRole('link', { name: 'Bán hàng' })).not.toHaveAttribute('aria-current');
    expect(rail.getByRole('link').elements()).toHaveLength(2);
    expect(await axeProblems()).toEqual([]);
  });

  it('the rail is collapsed to its signs, which keep their names, and the choice is kept', async () => {
    const screen = await onScreen(<Frame {...props} />);
    await screen.getByRole('button', { name: 'Thu gọn thanh bên' }).click();
    const expand = screen.getByRole('button', { name: 'Mở rộng thanh bên' });
    await expect.element(expand).toHaveAttribute('aria-expanded', 'false');
    expect(preferences.chooseRail).toHaveBeenLastCalledWith(true);
    await expect.element(screen.getByRole('link', { name: 'Bán hàng' })).toBeVisible();
    await expand.click();
    expect(preferences.chooseRail).toHaveBeenLastCalledWith(false);
  });

  it('Ctrl K opens the search and gives the focus back when it is left', async () => {
    const screen = await onScreen(<Frame {...props} />);
    const button = screen.getByRole('button', { name: 'Tìm kiếm' });
    (button.element() as HTMLElement).focus();
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(screen.getByRole('dialog', { name: 'Tìm mọi thứ' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expectFocus(button);
    await userEvent.keyboard('k');
    expect(screen.getByRole('dialog').elements()).toHaveLength(0);
  });

  it('says where one is and which shift is open since when, and leads to the till', async () => {
    vi.setSystemTime('2026-11-29T05:00:00Z');
    const screen = await onScreen(<Frame {...props} />);
    await expect.element(screen.getByRole('link', { name: 'Ca Q1, mở từ 08:30' })).toHaveAttribute('href', '/pos');
    await screen.rerender(<Frame {...props} shift={{ till: 'Q1', openedAt: '2026-11-28T01:30:00Z' }} />);
    await expect.element(screen.getByRole('link', { name: 'Ca Q1, mở từ 28/11/2026 08:30' })).toBeVisible();
    await screen.rerender(<Frame {...props} shift={null} />);
    await expect.element(screen.getByRole('link', { name: 'Chưa mở ca' })).toBeVisible();
    const { shift: _, ...withoutShift } = props;
    await screen.rerender(<Frame {...withoutShift} />);
    expect(screen.getByText(/Chưa mở ca|mở từ/).elements()).toHaveLength(0);
    vi.useRealTimers();
  });

  it('says what waits for one, and leads to it', async () => {
    const screen = await onScreen(<Frame {...props} />);
    await screen.getByRole('button', { name: '43 việc chờ bạn' }).click();
    await expect.element(screen.getByRole('menuitem', { name: '2 ca chờ bạn xác nhận' })).toBeVisible();
    await screen.getByRole('menuitem', { name: '41 bảng kê 10/2026 chờ duyệt' }).click();
    await expectAddress('/statements/2026-10');
    await screen.rerender(<Frame {...props} pending={[]} />);
    await expect.element(screen.getByRole('button', { name: 'Không có việc nào chờ bạn' })).toBeVisible();
  });

  it('says that nothing arrives here once the line is down for a while', async () => {
    const screen = await onScreen(<Frame {...props} live={false} />);
    await expect.element(screen.getByText('Mất kết nối: màn hình chưa tự cập nhật')).toBeVisible();
    await screen.rerender(<Frame {...props} live />);
    await expect.element(screen.getByText('Mất kết nối: màn hình chưa tự cập nhật')).not.toBeInTheDocument();
  });

  it('the account’s menu says who one is and leads out', async () => {
    const onSignOut = vi.fn();
    const screen = await onScreen(<Frame {...props} onSignOut={onSignOut} />);
    const person = screen.getByRole('button', { name: 'Tài khoản của Lê Văn An' });
    await expect.element(person).toHaveAttribute('data-initials', 'VA');
    await person.click();
    await expect.element(screen.getByText('Thu ngân')).toBeVisible();
    await screen.getByRole('menuitem', { name: 'Đăng xuất' }).click();
    expect(onSignOut).toHaveBeenCalledTimes(1);
    await person.click();
    await screen.getByRole('menuitem', { name: 'Phiên đăng nhập và mật khẩu' }).click();
    await expectAddress('/account');
  });

  it('changes the language and the look, and keeps both', async () => {
    const screen = await onScreen(<Frame {...props} />);
    await screen.getByRole('button', { name: 'Ngôn ngữ: Tiếng Việt' }).click();
    await screen.getByRole('menuitem', { name: 'English' }).click();
    expect(preferences.chooseLocale).toHaveBeenCalledExactlyOnceWith('en');
    await screen.getByRole('button', { name: 'Giao diện' }).click();
    await screen.getByRole('menuitem', { name: 'Tối' }).click();
    await expect.poll(() => document.documentElement.dataset.theme).toBe('dark');
    expect(preferences.chooseTheme).toHaveBeenCalledExactlyOnceWith('dark');
  });

  it('on a phone its places stand in a sheet that closes', async () => {
    await page.viewport(390, 844);
    const screen = await onScreen(<Frame {...props} />);
    await screen.getByRole('button', { name: 'Mở danh mục' }).click();
    const sheet = screen.getByRole('dialog', { name: 'Các khu vực làm việc' });
    await expect.element(sheet.getByRole('link', { name: 'Đơn hàng' })).toBeVisible();
    await sheet.getByRole('button', { name: 'Đóng danh mục' }).click();
    await expect.element(sheet).not.toBeInTheDocument();
    await page.viewport(1280, 900);
  });
});

it('useTheme begins with what the page was painted in, and follows the device again', async () => {
  document.documentElement.dataset.theme = 'dark';
  const { result, act } = await hookOnScreen(useTheme);
  await expect.poll(() => result.current[0]).toBe('dark');
  await act(() => result.current[1]('system'));
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

it('the staff’s frame searches on the server, says what waits and which shift is open, and forgets what another person left in this browser', async () => {
  localStorage.setItem('personal-owner', 'another');
  localStorage.setItem('personal.held.1', 'x');
  const found = [{ kind: 'patients', id: '1', title: 'Mai', acts: [{ act: 'open', href: '/patients/1' }] }];
  const work = { kind: 'runs-failed', address: '/operations', count: 3, since: new Date() };
  const sent = serverAnswers({
    'search.everything': () => found,
    'till.current': () => ({ tillCode: 'Q7', openedAt: new Date() }),
    'pending.mine': () => [work],
  });
  const { onSignOut: _, ...rest } = props;
  const screen = await onScreen(<StaffFrame {...rest} personId="me" personalKey={newPersonalKey()} />);
  await expect.element(screen.getByRole('link', { name: /^Ca Q7, mở từ/ })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: '3 việc chờ bạn' })).toBeVisible();
  await screen.getByRole('button', { name: 'Tìm kiếm' }).click();
  await screen.getByRole('combobox').fill('mai');
  await expect.element(screen.getByRole('option', { name: 'Mai' })).toBeVisible();
  expect(sentTo(sent, 'search.everything')).toEqual([{ text: 'mai' }]);
  expect(localStorage.getItem('personal.held.1')).toBeNull();
  expect(localStorage.getItem('personal-owner')).toBe('me');
});

describe('useComeBack', () => {
  it.each([
    [503, ['reload']],
    [200, []],
  ])('a server that answers %d: %j', async (status, wanted) => {
    const gone = navigations();
    const ask = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(null, { status }));
    await hookOnScreen(useComeBack);
    await expect.poll(() => ask.mock.calls.length).toBe(1);
    expect(ask.mock.calls[0]?.[0]).toBe('/health/ready');
    await expect.poll(() => gone).toEqual(wanted);
    ask.mockRestore();
  });
});
