import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Palette } from '@/components/frame/palette';
import { rememberPlace, rememberView } from '@/components/frame/recent-things';
import type { ListName } from '@/server/domain/lists';
import type { FoundView } from '@/server/modules/core/lists/schema';
import { expectAddress, onScreen } from '../on-screen';

// They run on the server and set cookies there.
vi.mock('@/components/frame/preferences', () => ({
  chooseLocale: vi.fn(async () => {}),
  chooseTheme: vi.fn(async () => {}),
  chooseRail: vi.fn(async () => {}),
}));

it('leads back to the pages and saved views that were used lately, and finds every view by its name (useRecentWays)', async () => {
  const view = (id: string, name: string, list: ListName, more: Partial<FoundView> = {}): FoundView => ({
    ...{ id, name, list, own: true, ownerName: 'Lan', query: 'state=due&sort=-net' },
    ...more,
  });
  const views = async () => [
    view('v1', 'Nợ lớn', 'orders'),
    view('v2', 'Ca lệch', 'shifts', { own: false, query: '' }),
    view('v3', 'Kỳ này', 'statements'),
  ];
  for (const place of ['statements', 'orders', 'patients']) rememberPlace(place);
  rememberView('v1');
  const screen = await onScreen(
    <Palette open onOpenChange={() => {}} permittedPlaces={['/orders', '/patients']} views={views} />,
  );
  const box = screen.getByRole('combobox');
  const titles = () =>
    screen
      .getByRole('option')
      .elements()
      .map((row) => row.querySelector('span.font-medium')?.textContent ?? row.textContent ?? '');
  await expect.element(screen.getByText('Trang vừa mở')).toBeVisible();
  await expect.element(screen.getByText('Chế độ xem vừa dùng')).toBeVisible();
  // The third may not be opened by this person; the second was not used lately.
  expect(titles().slice(0, 3)).toEqual(['Bệnh nhân', 'Đơn hàng', 'Nợ lớn']);
  await box.fill('ca lech');
  await expect.poll(titles).toEqual(['Ca lệch']);
  await expect.element(screen.getByText('Ca thu ngân · Lan')).toBeVisible();
  // Of a month that one is not at no view can be shown.
  await box.fill('ky nay');
  await expect.poll(titles).toEqual([]);
  await box.fill('no lon');
  await userEvent.keyboard('{Enter}');
  await expectAddress('/orders?state=due&sort=-net&view=v1');
  localStorage.clear();
});
