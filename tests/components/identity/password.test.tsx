import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { FirstPassword } from '@/components/identity/first-password';
import { leave, leaveWithOthers } from '@/components/identity/leave';
import { PasswordForm } from '@/components/identity/password-form';
import { SignInForm } from '@/components/identity/sign-in-form';
import { navigations } from '../navigations';
import { onScreen } from '../on-screen';
import { choose, expectText, pressTwice } from '../press';
import { LostConnection, refuses, sentTo, serverAnswers } from '../server-answers';

/** What next-auth asks for: its own addresses, which the application serves. */
const auth = (url: string) => ({
  '/api/auth/callback/credentials': () =>
    Response.json({ url: `${location.origin}${url}` }, { status: url.includes('error') ? 401 : 200 }),
  '/api/auth/providers': () => ({ credentials: { id: 'credentials', type: 'credentials' } }),
  '/api/auth/csrf': () => ({ csrfToken: 'csrf' }),
  '/api/auth/signout': () => ({ url: location.origin }),
  '/api/auth/session': () => ({}),
});

const form = (props: Partial<Parameters<typeof PasswordForm>[0]> = {}) =>
  onScreen(<PasswordForm email="an@sapoche.vn" least={12} next="/account" {...props} />);

describe('changing the password', () => {
  it('is sent once; the new one begins the next session at once, and leads on', async () => {
    const gone = navigations();
    const sent = serverAnswers({ 'identity.changePassword': () => ({}) }, auth('/'));
    const screen = await form();
    await expect.element(screen.getByText(/Ít nhất 12 ký tự/)).toBeVisible();
    await screen.getByLabelText(/^Mật khẩu hiện tại/).fill('cũ');
    await screen.getByLabelText(/^Mật khẩu mới/).fill('ba từ rất dài');
    await pressTwice(screen.getByRole('button', { name: 'Đổi mật khẩu' }));
    await expect.poll(() => gone).toEqual(['/account']);
    expect(sentTo(sent, 'identity.changePassword')).toEqual([{ current: 'cũ', next: 'ba từ rất dài' }]);
    expect(sentTo(sent, '/api/auth/callback/credentials')).toMatchObject([
      { email: 'an@sapoche.vn', password: 'ba từ rất dài' },
    ]);
    await userEvent.keyboard('{Enter}');
    expect(sentTo(sent, 'identity.changePassword')).toHaveLength(1);
  });

  it('where the new session is refused it leads to signing in', async () => {
    const gone = navigations();
    serverAnswers({ 'identity.changePassword': () => ({}) }, auth('/sign-in?error=too_many_tries'));
    const screen = await form();
    await screen.getByLabelText(/^Mật khẩu hiện tại/).fill('cũ');
    await screen.getByLabelText(/^Mật khẩu mới/).fill('ba từ rất dài');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => gone).toEqual(['/sign-in']);
  });

  it.each([
    ['wrong_current_password', {}, 'Mật khẩu hiện tại không đúng.'],
    ['password_short', { least: 12 }, 'Mật khẩu mới cần ít nhất 12 ký tự.'],
    ['password_same', {}, 'Mật khẩu mới trùng với mật khẩu hiện tại.'],
    ['password_common', {}, 'Mật khẩu này dễ đoán'],
    ['too_many_tries', { seconds: 30 }, 'Hãy đợi 30 giây rồi thử lại.'],
  ])('%s is a sentence; what was typed stays and can be seen', async (reason, params, sentence) => {
    const gone = navigations();
    serverAnswers({ 'identity.changePassword': refuses(reason, params) });
    const screen = await form();
    await screen.getByLabelText(/^Mật khẩu hiện tại/).fill('cũ');
    await screen.getByLabelText(/^Mật khẩu mới/).fill('abc');
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByRole('alert'), sentence);
    await expect.element(screen.getByLabelText(/^Mật khẩu mới/)).toHaveAttribute('type', 'password');
    await choose(screen.getByRole('checkbox', { name: 'Hiện chữ đang gõ' }));
    await expect.element(screen.getByRole('textbox', { name: 'Mật khẩu mới' })).toHaveValue('abc');
    expect(gone).toEqual([]);
  });

  it('of a one-time password it speaks as of one, and lets one leave instead', async () => {
    const gone = navigations();
    const sent = serverAnswers({}, auth('/'));
    localStorage.setItem('personal.held.1', 'x');
    const screen = await onScreen(<FirstPassword email="an@sapoche.vn" least={12} />);
    await expect.element(screen.getByLabelText(/^Mật khẩu dùng một lần/)).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Lưu và tiếp tục' })).toBeVisible();
    await screen.getByRole('button', { name: 'Đăng xuất' }).click();
    await expect.poll(() => gone).toEqual(['/sign-in']);
    expect(sentTo(sent, '/api/auth/signout')).toHaveLength(1);
    expect(localStorage.getItem('personal.held.1')).toBeNull();
  });
});

describe('signing in', () => {
  const fields = async (props: Partial<Parameters<typeof SignInForm>[0]> = {}) => {
    const screen = await onScreen(<SignInForm next="/orders?q=7" singleSignOn={false} {...props} />);
    await screen.getByRole('textbox', { name: 'Email' }).fill('an@sapoche.vn');
    await screen.getByLabelText(/^Mật khẩu/).fill('ba từ rất dài');
    return screen;
  };

  it('is sent once and leads to where one wanted to go', async () => {
    const gone = navigations();
    const sent = serverAnswers({}, auth('/'));
    const screen = await fields();
    await expect.poll(() => screen.getByRole('button').elements()).toHaveLength(1);
    await pressTwice(screen.getByRole('button', { name: 'Đăng nhập' }));
    await expect.poll(() => gone).toEqual(['/orders?q=7']);
    expect(sentTo(sent, '/api/auth/callback/credentials')).toMatchObject([
      { email: 'an@sapoche.vn', password: 'ba từ rất dài' },
    ]);
  });

  it.each([
    ['wrong_credentials', 'Email hoặc mật khẩu không đúng.'],
    ['too_many_tries', 'Hãy đợi 60 giây rồi thử lại.'],
    ['CredentialsSignin', 'Email hoặc mật khẩu không đúng.'],
    ['database_unavailable', 'Cơ sở dữ liệu tạm thời không phản hồi.'],
  ])('%s is a sentence, and what was typed stays', async (code, sentence) => {
    const gone = navigations();
    serverAnswers({}, auth(`/sign-in?error=${code}`));
    const screen = await fields();
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByRole('alert'), sentence);
    await expect.element(screen.getByLabelText(/^Mật khẩu/)).toHaveValue('ba từ rất dài');
    expect(gone).toEqual([]);
  });

  it('without a connection it says that, and what came with the address at the start', async () => {
    navigations();
    const lost = () => {
      throw new LostConnection();
    };
    serverAnswers({}, { ...auth('/'), '/api/auth/providers': lost, '/api/auth/callback/credentials': lost });
    const screen = await fields({ failure: 'one_time_password_over', singleSignOn: true });
    await expectText(screen.getByRole('alert'), 'Mật khẩu dùng một lần này đã được dùng');
    await expect.element(screen.getByRole('button', { name: 'Đăng nhập bằng tài khoản tổ chức' })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByRole('alert'), 'Không kết nối được với máy chủ.');
  });
});

it('signing out in one tab leads the others out as well, and what this browser kept of the person goes', async () => {
  const gone = navigations();
  serverAnswers({}, auth('/'));
  localStorage.setItem('personal.held.1', 'x');
  localStorage.setItem('columns:orders', '{}');
  const stop = leaveWithOthers('an');
  await leave();
  await expect.poll(() => gone).toEqual(['/sign-in', '/sign-in']);
  expect(localStorage.getItem('personal.held.1')).toBeNull();
  expect(localStorage.getItem('columns:orders')).toBe('{}');
  stop();
});

it('another person who signs in in one tab has the others loaded again, as theirs; one’s own tabs stay', async () => {
  const gone = navigations();
  const stop = leaveWithOthers('an');
  leaveWithOthers('an')();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(gone).toEqual([]);
  const stopOther = leaveWithOthers('binh');
  await expect.poll(() => gone).toEqual(['reload']);
  stop();
  stopOther();
});

it('a page that the browser kept from before a sign-out is not shown again', async () => {
  const gone = navigations();
  const stop = leaveWithOthers('an');
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
  expect(gone).toEqual([]);
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await expect.poll(() => gone).toEqual(['reload']);
  stop();
});
