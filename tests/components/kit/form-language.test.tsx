import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { PasswordForm } from '@/components/identity/password-form';
import { SignInForm } from '@/components/identity/sign-in-form';
import { SaveViewDialog } from '@/components/kit/list/save-view-dialog';
import { CloseShiftDialog } from '@/components/till/close-shift-dialog';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { TextField } from '@/components/ui/text-field';
import { useFormCheck } from '@/components/ui/use-form-check';
import { onScreen } from '../on-screen';
import { expectFocus, expectText } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';

type Screen = Awaited<ReturnType<typeof onScreen>>;

/** The sentence stands in the summary and at the field, and the field has the focus. */
async function isSaidAt(screen: Screen, field: ReturnType<Screen['getByRole']>, sentence: string) {
  await expectText(screen.getByRole('alert'), sentence);
  await expectFocus(field);
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  const notes = (field.element().getAttribute('aria-describedby') ?? '').split(' ');
  expect(notes.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')).toContain(sentence);
}

function Two({ refusal }: { refusal?: { sentence: string; at?: 'one' | 'two' } }) {
  const wrong = { one: null, two: 'Hai chưa đúng. Hãy sửa.' };
  const { isRight, errorAt, summary } = useFormCheck(wrong, refusal ?? null);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        isRight();
      }}
    >
      <FormErrorSummary {...summary} />
      <TextField label="một" name="one" error={errorAt('one')} />
      <TextField label="hai" name="two" error={errorAt('two')} />
      <button type="submit">Gửi</button>
    </form>
  );
}

describe('one language for what is wrong (useFormCheck)', () => {
  it('nothing is said before somebody wants to go on; then at the field, in the summary, with the focus there', async () => {
    const screen = await onScreen(<Two />);
    expect(screen.getByRole('alert').elements()).toEqual([]);
    await screen.getByRole('button', { name: 'Gửi' }).click();
    await isSaidAt(screen, screen.getByRole('textbox', { name: 'hai' }), 'Hai chưa đúng. Hãy sửa.');
  });

  it('a refusal is said at the field that it is about, and where it is about none in the summary alone', async () => {
    const at = await onScreen(<Two refusal={{ sentence: 'Một đã có. Chọn tên khác.', at: 'one' }} />);
    await isSaidAt(at, at.getByRole('textbox', { name: 'một' }), 'Một đã có. Chọn tên khác.');
    await at.unmount();
    const none = await onScreen(<Two refusal={{ sentence: 'Mất mạng. Hãy thử lại.' }} />);
    await expectText(none.getByRole('alert'), 'Chưa thực hiện đượcMất mạng. Hãy thử lại.');
    await expectFocus(none.getByRole('alert'));
  });
});

describe('the forms speak it', () => {
  it('signing in without email or password asks nobody, and says which is missing', async () => {
    const sent = serverAnswers({});
    const screen = await onScreen(<SignInForm next="/" singleSignOn={false} />);
    await screen.getByRole('button', { name: 'Đăng nhập' }).click();
    await isSaidAt(screen, screen.getByRole('textbox', { name: 'Email' }), 'Chưa có email.');
    await expectText(screen.getByRole('alert'), 'Chưa có mật khẩu.');
    await screen.getByRole('textbox', { name: 'Email' }).fill('an');
    await userEvent.keyboard('{Enter}');
    await isSaidAt(screen, screen.getByLabelText(/^Mật khẩu/), 'Chưa có mật khẩu.');
    expect(sent).toEqual([]);
  });

  it('a new password that is refused is said at its field, the current one at its own', async () => {
    const sent = serverAnswers({ 'identity.changePassword': refuses('password_common') });
    const screen = await onScreen(<PasswordForm email="an@sapoche.vn" least={12} next="/" />);
    const [current, next] = [screen.getByLabelText(/^Mật khẩu hiện tại/), screen.getByLabelText(/^Mật khẩu mới/)];
    await screen.getByRole('button', { name: 'Đổi mật khẩu' }).click();
    await isSaidAt(screen, current, 'Chưa có mật khẩu hiện tại.');
    expect(sent).toEqual([]);
    await current.fill('cũ');
    await next.fill('123456789012');
    await userEvent.keyboard('{Enter}');
    await isSaidAt(screen, next, 'Mật khẩu này dễ đoán');
  });

  it('a view without a name says so, and keeps its button', async () => {
    const sent = serverAnswers({ 'savedViews.save': refuses('too_many_views', { most: 20 }) });
    const screen = await onScreen(<SaveViewDialog list="orders" query="" layout={{}} names={[]} onClose={() => {}} />);
    const name = screen.getByRole('textbox', { name: 'Tên' });
    await screen.getByRole('button', { name: 'Lưu', exact: true }).click();
    await isSaidAt(screen, name, 'Chế độ xem chưa có tên.');
    expect(sent).toEqual([]);
    await name.fill('Hôm nay');
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByRole('alert'), 'Bạn đã lưu 20 chế độ xem');
  });

  it('a count that cannot be read is said at its note; Enter goes from note to note, and from the last to closing', async () => {
    const sent = serverAnswers({ 'till.close': () => ({}) });
    const shift = { id: '00000000-0000-7000-8000-000000000001', tillCode: 'Q1', currency: 'VND', orders: 3 };
    const screen = await onScreen(
      <CloseShiftDialog open shift={shift} held={0} onClose={vi.fn()} onClosed={vi.fn()} />,
    );
    const boxes = screen.getByRole('textbox');
    await expectFocus(boxes.nth(0));
    await userEvent.keyboard('2{Enter}1,5{Enter}');
    await expectFocus(boxes.nth(2));
    await screen.getByRole('button', { name: 'Đóng ca', exact: true }).click();
    await expectText(screen.getByRole('alert'), 'Số tờ 200.000 chưa đọc được');
    await expectFocus(boxes.nth(1));
    await expect.element(boxes.nth(1)).toHaveValue('1,5');
    expect(sentTo(sent, 'till.close')).toEqual([]);
    (boxes.last().element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expectFocus(screen.getByRole('button', { name: 'Đóng ca', exact: true }));
  });
});
