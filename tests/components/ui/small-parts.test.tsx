import { X } from 'lucide-react';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { useErrorSentence } from '@/components/api/error-sentence';
import { TierBadge } from '@/components/ui/badge';
import { Button, IconButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DateTime, DayText } from '@/components/ui/date-time';
import { ErrorState } from '@/components/ui/error-state';
import { FormErrorSummary } from '@/components/ui/form-error-summary';
import { Money } from '@/components/ui/money';
import { ProgressBar } from '@/components/ui/progress-bar';
import { RelativeTime } from '@/components/ui/relative-time';
import { Sum } from '@/components/ui/sum';
import { hookOnScreen, onScreen } from '../on-screen';
import { expectFocus, expectText, pressTwice } from '../press';
import { refusalFrom } from '../refusal-from';

const textOf = async (...given: Parameters<typeof onScreen>) => {
  const screen = await onScreen(...given);
  const text = screen.container.textContent;
  await screen.unmount();
  return text?.replace(/\u00a0/g, ' ');
};

it('money is written in the reader’s language, with its sign where it is a difference', async () => {
  expect(await textOf(<Money minor={1_234_567n} />)).toContain('1.234.567 đ');
  expect(await textOf(<Money minor={1_234_567n} />, { locale: 'en' })).toContain('1,234,567 đ');
  expect(await textOf(<Money minor={5n} withCurrency={false} signed />)).toMatch(/^\+5\D*$/);
  expect(await textOf(<Money minor={-5n} withCurrency={false} signed />)).toMatch(/^−5/);
  expect(await textOf(<Money minor={0n} withCurrency={false} signed />)).toMatch(/^0/);
});

it('an instant stands in the organisation’s zone, a day has none', async () => {
  const instant = '2026-11-01T18:05:09Z';
  expect(await textOf(<DateTime value={instant} />)).toMatch(/^02\/11\/2026 01:05\//);
  expect(await textOf(<DateTime value={instant} precision="second" />)).toMatch(/^02\/11\/2026 01:05:09\//);
  expect(await textOf(<DateTime value={instant} timeOnly />)).toMatch(/^01:05\//);
  expect(await textOf(<DayText value="2026-11-01" />)).toMatch(/^01\/11\/2026/);
  const past = new Date(Date.now() - 5 * 60_000);
  expect(await textOf(<RelativeTime value={past} />)).toContain('5 phút trước');
  expect(await textOf(<RelativeTime value={past} />, { locale: 'en' })).toContain('5 minutes ago');
});

it('a tier is a name, read aloud as one', async () => {
  expect(await textOf(<TierBadge tier="svip1" />)).toContain('Hạng SVIP 1');
  const screen = await onScreen(<TierBadge tier="vip1" />);
  expect(screen.container.querySelectorAll('.bg-accent')).toHaveLength(2);
});

it('progress says how many of how many, how fast, and how long still, by the largest unit that fits', async () => {
  const bar = (props: object) => textOf(<ProgressBar label="Ghi" done={1500} total={4000} {...props} />);
  expect(await bar({ rate: 99.6, secondsLeft: 0.2 })).toContain('1.500 / 4.000 · 100 dòng/giây · còn 1 giây');
  expect(await bar({ secondsLeft: 59 })).toContain('còn 59 giây');
  expect(await bar({ secondsLeft: 60 })).toContain('còn 1 phút');
  expect(await bar({ secondsLeft: 3_600 + 30 * 60 })).toContain('còn 1 giờ 30 phút');
  expect(await bar({ total: null })).toMatch(/Ghi1\.500/);
});

it('a sum reads as one: what is taken away has a minus, the first row has none', async () => {
  const rows = [
    { id: 'a', label: 'Hoa hồng', minor: 500n },
    { id: 'b', label: 'Thuế', minor: -50n, detail: 'Chi tiết' },
    { id: 'c', label: 'Điều chỉnh', minor: 7n },
  ];
  const screen = await onScreen(
    <Sum rows={rows} heads={{ amount: 'Số tiền (đ)' }} total={{ label: 'Thực nhận', minor: 457n }} />,
  );
  const said = screen
    .getByRole('listitem')
    .elements()
    .map((row) => row.textContent?.replace(/\u00a0/g, ' '));
  expect(said).toEqual(['Hoa hồng500', '−trừThuế50Chi tiết', '+cộngĐiều chỉnh7']);
  await screen.getByText('Thuế').click();
  await expect.element(screen.getByText('Chi tiết')).toBeVisible();
});

it('an error shows the id that finds it and copies it, and is tried again', async () => {
  const onRetry = vi.fn();
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  const screen = await onScreen(<ErrorState message="Hỏng." correlationId="abc-1" onRetry={onRetry} />);
  await screen.getByRole('button', { name: 'Sao chép mã' }).click();
  await expect.element(screen.getByRole('button', { name: 'Đã sao chép' })).toBeVisible();
  expect(write).toHaveBeenCalledExactlyOnceWith('abc-1');
  await screen.getByRole('button', { name: 'Thử lại' }).click();
  expect(onRetry).toHaveBeenCalledTimes(1);
  write.mockRestore();
});

it('a form’s errors take the focus after an attempt, and each leads to its field', async () => {
  const form = (attempt: number) => (
    <>
      <FormErrorSummary problems={[{ field: 'phone', message: 'Thiếu điện thoại.' }]} attempt={attempt} />
      <input name="phone" aria-label="Điện thoại" />
    </>
  );
  const screen = await onScreen(form(0));
  expect(document.activeElement).not.toBe(screen.getByRole('alert').element());
  await screen.rerender(form(1));
  await expect.element(screen.getByText('Có 1 chỗ cần sửa trước khi tiếp tục')).toBeVisible();
  await expectFocus(screen.getByRole('textbox', { name: 'Điện thoại' }));
});

it('Enter that is held down sends a form once, and breaks the lines of a text (useHeldKeys)', async () => {
  const onSubmit = vi.fn();
  const screen = await onScreen(
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <input aria-label="ô" />
      <textarea aria-label="ghi chú" />
      <button type="submit">Gửi</button>
    </form>,
  );
  const heard = vi.fn();
  document.addEventListener('keydown', heard);
  const press = (box: Element, repeat: boolean) => {
    const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, repeat });
    box.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const input = screen.getByRole('textbox', { name: 'ô' }).element();
  expect([press(input, false), press(input, true)]).toEqual([false, true]);
  expect(heard).toHaveBeenCalledTimes(1);
  expect(press(screen.getByRole('textbox', { name: 'ghi chú' }).element(), true)).toBe(false);
  await screen.getByRole('textbox', { name: 'ô' }).click();
  await userEvent.keyboard('{Enter>3/}');
  expect(onSubmit).toHaveBeenCalledTimes(1);
  document.removeEventListener('keydown', heard);
});

it('a button at work keeps its focus and takes no press, with and without words', async () => {
  const onPress = vi.fn();
  const screen = await onScreen(
    <>
      <Button pending onPress={onPress}>
        Lưu
      </Button>
      <IconButton icon={X} label="Bỏ" pending onPress={onPress} />
    </>,
  );
  for (const name of [/Lưu/, 'Bỏ, đang xử lý']) {
    const button = screen.getByRole('button', { name });
    await expect.element(button).toHaveAttribute('aria-disabled', 'true');
    await pressTwice(button);
    (button.element() as HTMLElement).focus();
    expect(document.activeElement).toBe(button.element());
  }
  expect(onPress).not.toHaveBeenCalled();
});

it('what went wrong is read aloud at once, other news when there is time, and what stood there from the start not at all', async () => {
  const callout = (tone: 'wrong' | 'notice', announce: boolean) =>
    onScreen(
      <Callout tone={tone} announce={announce}>
        Tin
      </Callout>,
    );
  const wrong = await callout('wrong', true);
  await expectText(wrong.getByRole('alert'), 'Tin');
  await wrong.unmount();
  const notice = await callout('notice', true);
  expect(notice.getByRole('alert').elements()).toHaveLength(0);
  expect(notice.container.querySelector('[role=status]')?.textContent).toContain('Tin');
  await notice.unmount();
  const still = await callout('wrong', false);
  expect(still.getByRole('alert').elements()).toHaveLength(0);
});

describe('useErrorSentence', () => {
  it('says the server’s sentence with its figures, in both languages', async () => {
    const error = refusalFrom({ reason: 'total_changed', params: { total: 1_250_000 } });
    const vietnamese = await hookOnScreen(useErrorSentence);
    expect(vietnamese.result.current(error).sentence).toContain('1.250.000');
    const english = await hookOnScreen(useErrorSentence, { locale: 'en' });
    expect(english.result.current(error).sentence).toContain('1,250,000');
  });

  it('says of what nobody expected the id that finds it, in the sentence itself where there is no other place', async () => {
    const { result } = await hookOnScreen(useErrorSentence);
    const said = result.current(refusalFrom({ reason: 'nobody_knows_this', correlationId: 'abc-1' }));
    expect(said.sentence).toContain('abc-1');
    expect(said.message).not.toContain('abc-1');
    expect(said.correlationId).toBe('abc-1');
    expect(result.current(refusalFrom({ reason: 'not_found', correlationId: 'abc-1' })).sentence).not.toContain(
      'abc-1',
    );
  });

  it('says of a call that did not arrive that there is no connection', async () => {
    const { result } = await hookOnScreen(useErrorSentence);
    expect(result.current(refusalFrom(null)).sentence).toContain('Không kết nối được với máy chủ');
  });
});
