import { describe, expect, it, vi } from 'vitest';
import { MessageList } from '@/components/notifications/message-list';
import { useMessageColumns } from '@/components/notifications/use-message-columns';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { expectText } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';

const message = (at: number, more: object = {}) => ({
  id: `m${at}`,
  at: new Date('2026-11-29T01:00:00Z'),
  channel: 'sms' as const,
  to: '+84912345678',
  subject: null,
  text: `Tin ${at}`,
  ...more,
});

const boxOf = (rows: object[], address = '/operations/messages') => {
  const sent = serverAnswers({
    'messages.list': () => ({ rows, nextCursor: null }),
    'savedViews.list': () => [],
  });
  return onScreen(<MessageList tabs={null} />, { address }).then((screen) => ({ screen, sent }));
};

describe('the message box is a list as others are (MessageList, MessagePanel)', () => {
  it('shows what would have been sent and by which way; one opens in full beside the list, in the address', async () => {
    const mail = message(2, { channel: 'email', to: 'mai@example.vn', subject: 'Bảng kê', text: 'Dòng một\nDòng hai' });
    const { screen } = await boxOf([message(1), mail]);
    await expect.element(screen.getByRole('img', { name: 'Tin nhắn SMS' })).toBeVisible();
    await screen.getByRole('gridcell', { name: 'Email mai@example.vn' }).click();
    await expectAddress('/operations/messages?open=m2');
    await expectText(screen.getByRole('complementary'), /Bảng kê.*Dòng một\nDòng hai/s);
  });

  it('one that an address names and the list does not hold is said to be none', async () => {
    const { screen } = await boxOf([message(1)], '/operations/messages?open=m9');
    await expect.element(screen.getByRole('complementary').getByText('Không có tin nhắn nào khớp')).toBeVisible();
  });

  it('an empty box is not one in which nothing was found', async () => {
    const { screen, sent } = await boxOf([]);
    await expect.element(screen.getByText('Chưa có tin nhắn nào')).toBeVisible();
    await screen.getByRole('searchbox').fill('0912');
    await expect.element(screen.getByText('Không có tin nhắn nào khớp')).toBeVisible();
    expect(sentTo(sent, 'messages.list').at(-1)).toMatchObject({ search: '0912' });
  });

  it('a box that cannot be opened says why, with the id of what nobody expected, and is tried again', async () => {
    const list = vi.fn<() => unknown>(refuses('nobody_knows_this', {}, 400));
    serverAnswers({ 'messages.list': list, 'savedViews.list': () => [] });
    const screen = await onScreen(<MessageList tabs={null} />);
    await expect.element(screen.getByText('test-id')).toBeVisible();
    list.mockReturnValue({ rows: [message(1)], nextCursor: null });
    await screen.getByRole('button', { name: 'Thử lại' }).click();
    await expect.element(screen.getByText('Tin 1')).toBeVisible();
  });
});

it('useMessageColumns: the subject stands before the text', async () => {
  const { result } = await hookOnScreen(useMessageColumns);
  const cell = result.current.find(({ id }) => id === 'text')?.cell(message(1, { subject: 'Bảng kê' }));
  const screen = await onScreen(<p data-testid="text">{cell}</p>);
  await expectText(screen.getByTestId('text'), 'Bảng kê · Tin 1');
});
