import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { Frame } from '@/components/frame/frame';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { keepClear, placeOfNews } from '@/components/ui/news-place';
import { SidePanel } from '@/components/ui/side-panel';
import { notify } from '@/components/ui/toast';
import { onScreen } from '../on-screen';

vi.mock('@/components/frame/preferences', () => ({
  chooseLocale: vi.fn(async () => {}),
  chooseTheme: vi.fn(async () => {}),
  chooseRail: vi.fn(async () => {}),
}));
afterEach(() => page.viewport(1280, 900));

const frame = {
  user: { name: 'Lê Văn An', email: 'an@sapoche.vn', role: 'Thu ngân' },
  branch: { code: 'HCM', name: 'Sài Gòn' },
  shift: { till: 'Q1', openedAt: '2026-11-29T01:30:00Z' },
  permittedPlaces: ['/pos', '/orders'],
  onSignOut: () => {},
};
const LONG = 'Máy chủ việc nền đang không trả lời nên chưa chạm tới được mọi lượt chạy. Hãy thử lại sau vài phút.';

const ACTIONS = 'a, button, input, [role=button]';
const box = (one: Element) => one.getBoundingClientRect();

/** What can be done and lies under news, by its words. */
function covered(): string[] {
  const news = [...document.querySelectorAll('[data-sonner-toast]:not([data-removed="true"])')];
  const actions = [...document.querySelectorAll(ACTIONS)].filter(
    (one) =>
      one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !one.closest('[data-sonner-toaster]'),
  );
  const isOver = (one: Element, other: Element) => {
    const [a, b] = [box(one), box(other)];
    return b.width > 1 && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  };
  return actions
    .filter((one) => !one.matches('[href="#main"]') && news.some((toast) => isOver(toast, one)))
    .map((one) => one.textContent || one.getAttribute('aria-label') || one.tagName);
}

const gone = () => expect.poll(() => document.querySelectorAll('[data-sonner-toast]').length).toBe(0);

/** Once they have come in, for they slide. */
const settled = async (count: number) => {
  await expect.poll(() => document.querySelectorAll('[data-sonner-toast][data-mounted="true"]').length).toBe(count);
  await new Promise((resolve) => setTimeout(resolve, 600));
};

const NUMBERS = Array.from({ length: 60 }, (_, at) => String(at));

const row = (name: string) => (
  <div className="flex justify-between gap-1">
    {NUMBERS.slice(0, 8).map((at) => (
      <Button key={at}>{`${name}${at}`}</Button>
    ))}
  </div>
);

it.each([1440, 1100, 390])('news of several lines lie over nothing that can be done, at %i px', async (width) => {
  await page.viewport(width, 900);
  const screen = await onScreen(
    <Frame {...frame}>
      {row('a')}
      {row('b')}
      {row('c')}
    </Frame>,
  );
  await expect.element(screen.getByRole('button', { name: 'a0' })).toBeVisible();
  notify.wrong('Chưa dừng được', { description: LONG, id: 'one' });
  await settled(1);
  expect(covered()).toEqual([]);
  notify.notice('Chưa tìm được', { description: LONG, id: 'two' });
  await settled(2);
  expect(covered()).toEqual([]);
  const top = () => box(screen.getByRole('button', { name: 'a0' }).element()).top;
  const pushed = top();
  for (const close of document.querySelectorAll<HTMLElement>('[data-close-button]')) close.click();
  await gone();
  expect(document.documentElement.style.getPropertyValue('--news')).toBe('');
  await expect.poll(top).toBeLessThan(pushed);
});

it('one line lies in the bar where that is free, and moves nothing', async () => {
  await page.viewport(1440, 900);
  const screen = await onScreen(<Frame {...frame}>{row('a')}</Frame>);
  const top = () => box(screen.getByRole('button', { name: 'a0' }).element()).top;
  await expect.element(screen.getByRole('button', { name: 'a0' })).toBeVisible();
  const before = top();
  notify.good('Đã lưu', { id: 'line' });
  await settled(1);
  expect(covered()).toEqual([]);
  expect(top()).toBe(before);
  expect(placeOfNews()).toMatchObject({ top: 4, middle: expect.any(Number) });
  document.querySelector<HTMLElement>('[data-close-button]')?.click();
  await gone();
});

it.each(['dialog', 'panel'])('on a phone they leave the way out of a %s free', async (kind) => {
  await page.viewport(390, 844);
  const lines = NUMBERS.map((at) => <p key={at}>{at}</p>);
  await onScreen(
    kind === 'dialog' ? (
      <Dialog open onClose={() => {}} title="Hỏi">
        {lines}
      </Dialog>
    ) : (
      <SidePanel open onClose={() => {}} title="Chi tiết">
        {lines}
      </SidePanel>
    ),
  );
  notify.wrong('Chưa dừng được', { description: LONG, id: kind });
  await settled(1);
  expect(covered()).toEqual([]);
  document.querySelector<HTMLElement>('[data-close-button]')?.click();
  await gone();
});

it('keepClear says nothing any more once it is stopped', () => {
  document.documentElement.style.setProperty('--news', '90px');
  keepClear()();
  expect(document.documentElement.style.getPropertyValue('--news')).toBe('');
});
