import { expect, it, vi } from 'vitest';
import { AccountScreen } from '@/components/identity/account-screen';
import { SessionList } from '@/components/identity/session-list';
import { onScreen } from '../on-screen';
import { expectText, pressTwice } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';

const session = (at: number, more: object = {}) => ({
  id: `00000000-0000-7000-8000-00000000003${at}`,
  current: false,
  proof: 'password' as const,
  network: '203.0.113.0',
  browser: 'Chrome · Windows',
  createdAt: new Date('2026-11-01T01:00:00Z'),
  seenAt: new Date(),
  ...more,
});

const here = session(1, { current: true });
const there = session(2, { browser: 'other · Linux', network: null, proof: 'oidc' });

it('this browser is marked and cannot be ended here; what is not known of the others is said', async () => {
  serverAnswers({ 'identity.sessions': () => [here, there] });
  const screen = await onScreen(<SessionList />);
  await expect.element(screen.getByText('Phiên này')).toBeVisible();
  await expect.element(screen.getByText('Trình duyệt không rõ · Linux')).toBeVisible();
  await expect.element(screen.getByText('Không rõ mạng · Đăng nhập bằng tài khoản của tổ chức')).toBeVisible();
  await expect.element(screen.getByText('Mạng 203.0.113.0')).toBeVisible();
  expect(screen.getByRole('button', { name: /^Kết thúc phiên trên/ }).elements()).toHaveLength(1);
});

it('ends one session once, says so, and reads again where one is signed in', async () => {
  let sessions = [here, there];
  const sent = serverAnswers({
    'identity.sessions': () => sessions,
    'identity.endSession': () => {
      sessions = [here];
      return {};
    },
  });
  const screen = await onScreen(<SessionList />);
  const end = screen.getByRole('button', {
    name: 'Kết thúc phiên trên Trình duyệt không rõ · Linux, đăng nhập lúc 01/11/2026 08:00',
  });
  await expect.element(end).toBeVisible();
  await pressTwice(end);
  await expect.element(screen.getByText('Phiên đã kết thúc.')).toBeVisible();
  await expect.element(end).not.toBeInTheDocument();
  expect(sentTo(sent, 'identity.endSession')).toEqual([{ id: there.id }]);
  expect(screen.getByRole('button', { name: 'Kết thúc các phiên khác' }).elements()).toHaveLength(0);
});

it('a refusal is a sentence, and the list is read again', async () => {
  const sessions = vi.fn(() => [here, there]);
  serverAnswers({ 'identity.sessions': sessions, 'identity.endSession': refuses('not_found', {}, 404) });
  const screen = await onScreen(<SessionList />);
  await screen.getByRole('button', { name: /^Kết thúc phiên trên/ }).click();
  await expect.element(screen.getByText(/Không tìm thấy mục này/)).toBeVisible();
  await expect.poll(() => sessions.mock.calls.length).toBe(2);
});

it('ends the others after saying how many have to sign in again', async () => {
  const end = vi.fn<() => unknown>(refuses('too_many_tries', { seconds: 5 }));
  const sent = serverAnswers({
    'identity.sessions': () => [here, there, session(3)],
    'identity.endOtherSessions': end,
  });
  const screen = await onScreen(<SessionList />);
  await screen.getByRole('button', { name: 'Kết thúc các phiên khác' }).click();
  const dialog = screen.getByRole('alertdialog');
  await expectText(dialog, '2 trình duyệt khác phải đăng nhập lại.');
  await dialog.getByRole('button', { name: 'Kết thúc các phiên khác' }).click();
  await expectText(screen.getByRole('alert'), 'Hãy đợi 5 giây rồi thử lại.');
  end.mockImplementation(() => 2);
  await dialog.getByRole('button', { name: 'Kết thúc các phiên khác' }).click();
  await expect.element(screen.getByText('Đã kết thúc 2 phiên khác.')).toBeVisible();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(sentTo(sent, 'identity.endOtherSessions')).toHaveLength(2);
});

it('who signs in by the organisation’s account has no password to change here', async () => {
  serverAnswers({ 'identity.sessions': () => [here] });
  const limits = { hours: 12, idleMinutes: 30, passwordLength: 12 };
  const screen = await onScreen(<AccountScreen email="an@sapoche.vn" limits={limits} hasPassword={false} />);
  await expect.element(screen.getByText(/Phiên tự kết thúc sau 12 giờ.*30 phút/)).toBeVisible();
  expect(screen.getByLabelText(/^Mật khẩu hiện tại/).elements()).toHaveLength(0);
  await screen.rerender(<AccountScreen email="an@sapoche.vn" limits={limits} hasPassword />);
  await expect.element(screen.getByLabelText(/^Mật khẩu hiện tại/)).toBeVisible();
});
