import { expect, it, vi } from 'vitest';
import { MessageBox } from '@/components/notifications/message-box';
import { onScreen } from '../on-screen';
import { refuses, sentTo, serverAnswers } from '../server-answers';

const message = (at: number, more: object = {}) => ({
  id: String(at),
  at: new Date('2026-11-29T01:00:00Z'),
  channel: 'sms' as const,
  to: '+84912345678',
  subject: null,
  text: `Tin ${at}`,
  ...more,
});

it('shows what would have been sent, by which way, and older ones when asked', async () => {
  const sent = serverAnswers({
    'messages.list': ({ cursor }: { cursor?: string }) =>
      cursor
        ? { rows: [message(2, { channel: 'email', to: 'mai@example.vn', subject: 'Bảng kê' })], nextCursor: null }
        : { rows: [message(1)], nextCursor: 'c' },
  });
  const screen = await onScreen(<MessageBox />);
  await expect.element(screen.getByRole('img', { name: 'Tin nhắn SMS' })).toBeVisible();
  await screen.getByRole('button', { name: 'Xem tin cũ hơn' }).click();
  await expect.element(screen.getByText('Bảng kê')).toBeVisible();
  await expect.element(screen.getByRole('img', { name: 'Email' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Xem tin cũ hơn' }).elements()).toHaveLength(0);
  expect(sentTo(sent, 'messages.list').map((input) => (input as { search?: string }).search)).toEqual([
    undefined,
    undefined,
  ]);
});

it('an empty box is not one in which nothing was found', async () => {
  const sent = serverAnswers({ 'messages.list': () => ({ rows: [], nextCursor: null }) });
  const screen = await onScreen(<MessageBox />);
  await expect.element(screen.getByText('Chưa có tin nhắn nào')).toBeVisible();
  await screen.getByRole('searchbox').fill(' 0912 ');
  await expect.element(screen.getByText('Không có tin nhắn nào khớp')).toBeVisible();
  expect(sentTo(sent, 'messages.list').at(-1)).toMatchObject({ search: '0912' });
});

it('a box that cannot be opened says why, with the id of what nobody expected, and is tried again', async () => {
  const list = vi.fn<() => unknown>(refuses('nobody_knows_this', {}, 400));
  serverAnswers({ 'messages.list': list });
  const screen = await onScreen(<MessageBox />);
  await expect.element(screen.getByText('test-id')).toBeVisible();
  list.mockReturnValue({ rows: [message(1)], nextCursor: null });
  await screen.getByRole('button', { name: 'Thử lại' }).click();
  await expect.element(screen.getByText('Tin 1')).toBeVisible();
});
