import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { CodeForm } from '@/components/statement-access/code-form';
import { GateNotice } from '@/components/statement-access/gate-notice';
import { GatePage } from '@/components/statement-access/gate-page';
import { monthName } from '@/components/statement-access/month-name';
import { OnceForm } from '@/components/statement-access/once-form';
import { OutsidePage, telOf } from '@/components/statement-access/outside-page';
import { StatementScreen } from '@/components/statement-access/statement-screen';
import type { GateView } from '@/server/modules/referral/statement-access/schema';
import type { PublishedStatement } from '@/server/modules/referral/statements/schema';
import { axeProblems } from '../network';
import { onScreen } from '../on-screen';
import { expectFocus, expectText } from '../press';
import { content } from '../statements/sample-month';

afterEach(() => void vi.restoreAllMocks());

const minutes = (count: number) => new Date(Date.now() + count * 60_000);
const challenge = (more: Partial<NonNullable<GateView['challenge']>> = {}) => ({
  channel: 'sms' as const,
  expiresAt: minutes(5),
  resendAt: minutes(-1),
  triesLeft: 5,
  ...more,
});
const channels: GateView['channels'] = [
  { channel: 'sms', masked: '•••678' },
  { channel: 'email', masked: 'm•••@e.vn' },
];

const view = (more: Partial<GateView> = {}): GateView => ({
  linkId: 'l',
  letterhead: { nameVi: 'Xét nghiệm Sapoche', nameEn: 'Sapoche Laboratories', address: 'Sài Gòn', phone: '' },
  month: '2026-10',
  language: 'vi',
  channels,
  challenge: null,
  ...more,
});

const path = '/s/token';
const gate = (
  more: Partial<GateView>,
  problem: Parameters<typeof GatePage>[0]['problem'] = null,
  locale: 'vi' | 'en' = 'vi',
) => onScreen(<GatePage view={view(more)} path={path} problem={problem} timeZone="Asia/Ho_Chi_Minh" />, { locale });

/** Forms are sent to the server by the browser itself: noted here, and held back. */
function sentForms() {
  const sent: { action: string; fields: Record<string, unknown> }[] = [];
  const note = (event: SubmitEvent) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    sent.push({ action: new URL(form.action).pathname, fields: Object.fromEntries(new FormData(form)) });
  };
  window.addEventListener('submit', note);
  return { sent, stop: () => window.removeEventListener('submit', note) };
}

describe('before the gate', () => {
  it('says who asks and why, offers each channel, and nothing of the doctor', async () => {
    const { sent, stop } = sentForms();
    const screen = await gate({});
    await expect.element(screen.getByRole('heading', { name: 'Bảng kê tháng 10/2026' })).toBeVisible();
    await expect.element(screen.getByText(/^Xét nghiệm Sapoche gửi bác sĩ bảng kê/)).toBeVisible();
    await expect.element(screen.getByText(/Hãy liên hệ Xét nghiệm Sapoche để cập nhật/)).toBeVisible();
    await screen.getByRole('button', { name: 'Gửi mã qua email tới m•••@e.vn' }).click();
    expect(sent).toEqual([{ action: `${path}/code`, fields: { channel: 'email' } }]);
    stop();
    await screen.unmount();
    const english = await gate({}, null, 'en');
    await expect.element(english.getByRole('heading', { name: /October 2026/ })).toBeVisible();
  });

  it('of a doctor whose channels are unknown it looks the same', async () => {
    const screen = await gate({ channels: [] });
    await expect.element(screen.getByRole('button', { name: 'Gửi mã qua tin nhắn tới kênh đã đăng ký' })).toBeVisible();
  });

  it('what went wrong is a sentence, with how long to wait', async () => {
    const waiting = await gate({}, { kind: 'too_many_tries', seconds: 600 });
    await expect.element(waiting.getByText('Đã thử quá nhiều lần. Hãy đợi 10 phút rồi thử lại.')).toBeVisible();
    await waiting.unmount();
    const away = await gate({}, { kind: 'unavailable' });
    await expect.element(away.getByText(/Hệ thống tạm thời chưa phản hồi/)).toBeVisible();
    await away.unmount();
    const wrong = await gate({ challenge: challenge() }, { kind: 'wrong_code' });
    await expectText(wrong.getByRole('alert'), 'Mã không đúng hoặc không còn hiệu lực.');
    expect(wrong.getByText(/Mã không đúng hoặc không còn hiệu lực/).elements()).toHaveLength(1);
    expect(await axeProblems()).toEqual([]);
  });

  it('a browser that really ran the page says so once', async () => {
    const beacon = vi.spyOn(navigator, 'sendBeacon').mockReturnValue(true);
    await gate({});
    await expect.poll(() => beacon.mock.calls).toEqual([[`${path}/seen`]]);
  });
});

const form = (more: Parameters<typeof challenge>[0] = {}, wrong = false) =>
  onScreen(
    <CodeForm
      path={path}
      challenge={challenge(more)}
      channels={channels}
      timeZone="Asia/Ho_Chi_Minh"
      wrong={wrong}
      autoFocus
    />,
  );

describe('the code', () => {
  it('takes the focus, says how long it holds, and is sent once when its six digits are there', async () => {
    const { sent, stop } = sentForms();
    const screen = await form();
    const box = screen.getByRole('textbox', { name: 'Mã 6 chữ số đã gửi qua tin nhắn tới •••678' });
    await expectFocus(box);
    await expect.element(screen.getByText(/Mã còn hiệu lực trong (5:00|4:5\d)/)).toBeVisible();
    await userEvent.keyboard('12345');
    expect(sent).toHaveLength(0);
    // Each try counts, and there are few of them: what is no whole code is not sent, and the field says what one is.
    await userEvent.keyboard('{Enter}');
    await screen.getByRole('button', { name: 'Mở bảng kê' }).click();
    expect(sent).toHaveLength(0);
    await expect.element(box).toHaveAttribute('title', 'Mã gồm đủ sáu chữ số như trong tin nhắn.');
    await expectFocus(box);
    await userEvent.keyboard('6{Enter}');
    await screen.getByRole('button', { name: 'Mở bảng kê' }).click();
    expect(sent).toEqual([{ action: `${path}/verify`, fields: { code: '123456' } }]);
    stop();
  });

  it.each([
    ['that is over', { expiresAt: minutes(-1) }, 'Mã đã hết hạn.'],
    ['that was tried too often', { triesLeft: 0 }, 'Mã này đã bị nhập sai quá nhiều lần.'],
  ])('one %s says so, takes no more digits, and the way to another is open', async (_, more, sentence) => {
    const screen = await form(more, true);
    await expect.element(screen.getByText(new RegExp(sentence))).toBeVisible();
    await expect.element(screen.getByRole('textbox')).toBeDisabled();
    await expect.element(screen.getByRole('button', { name: 'Mở bảng kê' })).toBeDisabled();
    expect(screen.getByRole('alert').elements()).toHaveLength(0);
    await expect.element(screen.getByRole('button', { name: 'Gửi lại tin nhắn tới •••678' })).toBeEnabled();
    await expect.element(screen.getByRole('button', { name: 'Gửi mã qua email tới m•••@e.vn' })).toBeEnabled();
  });

  it('another one can be asked for when its pause is over, and not before', async () => {
    const screen = await form({ resendAt: new Date(Date.now() + 1_500) });
    const again = screen.getByRole('button', { name: 'Gửi lại tin nhắn tới •••678' });
    await expect.element(screen.getByText(/Có thể gửi lại sau 0:0[12]/)).toBeVisible();
    await expect.element(again).toBeDisabled();
    await expect.element(again).toBeEnabled();
  });
});

it('OnceForm: a form that was sent takes no second press', async () => {
  const { sent, stop } = sentForms();
  const screen = await onScreen(
    <OnceForm action="/there">
      <button type="submit">Gửi</button>
    </OnceForm>,
  );
  await screen.getByRole('button', { name: 'Gửi' }).dblClick();
  expect(sent).toHaveLength(1);
  stop();
});

it('monthName: as its readers write it', () => {
  expect([monthName('2026-10', 'vi'), monthName('2026-10', 'en')]).toEqual(['10/2026', 'October 2026']);
});

const published = (more: Partial<PublishedStatement> = {}): PublishedStatement => ({
  ...content(),
  id: 's',
  state: 'published',
  documents: ['vi', 'en'],
  publishedAt: '2026-11-02T18:00:00Z',
  paidAt: null,
  seal: { hash: 'a', verifyUrl: 'https://portal/verify/a', sealedAt: '2026-11-02T01:00:00Z' },
  ...more,
});

describe('a doctor’s statement', () => {
  it('says how much, that it was published and when, and offers its papers, the reader’s language first in looks', async () => {
    const screen = await onScreen(<StatementScreen statement={published()} />);
    await expect.element(screen.getByText('115.625 đ').first()).toBeVisible();
    await expect.element(screen.getByText(/03\/11\/2026/)).toBeVisible();
    await expect.element(screen.getByText(/7,5\s?%/)).toBeVisible();
    expect(document.querySelectorAll('a[href^="/s/view/pdf?lang="]')).toHaveLength(2);
    expect(await axeProblems()).toEqual([]);
  });

  it('that was paid says when; what is not there is not shown', async () => {
    const paid = published({ state: 'paid', paidAt: '2026-11-10T01:00:00Z', documents: [], days: [], categories: [] });
    const screen = await onScreen(<StatementScreen statement={paid} />);
    await expect.element(screen.getByText(/10\/11\/2026/)).toBeVisible();
    expect(document.querySelectorAll('a[href^="/s/view/pdf?lang="]')).toHaveLength(0);
    expect(screen.getByRole('list', { name: /ngày/ }).elements()).toHaveLength(0);
  });
});

describe('what people outside of the house see', () => {
  const letterhead = {
    nameVi: 'Xét nghiệm Sapoche',
    nameEn: 'Sapoche Laboratories',
    address: 'Sài Gòn',
    phone: '028 3930 1111',
  };
  const outside = (children: ReactNode, more: Partial<typeof letterhead> = {}) => (
    <OutsidePage letterhead={{ ...letterhead, ...more }} languagePath="/s/token/language">
      {children}
    </OutsidePage>
  );

  it('says whatever became of it who speaks, in which language, and has a number to tap', async () => {
    const screen = await onScreen(outside(<GateNotice title="Liên kết này không mở được">Hãy gọi.</GateNotice>));
    await expect.element(screen.getByRole('banner').getByText('Xét nghiệm Sapoche')).toBeVisible();
    await expect
      .element(screen.getByRole('link', { name: 'English' }))
      .toHaveAttribute('href', '/s/token/language?to=en');
    const call = screen.getByRole('link', { name: /^Gọi 028\s3930\s1111$/ });
    await expect.element(call).toHaveAttribute('href', 'tel:02839301111');
    expect(await axeProblems()).toEqual([]);
    await screen.rerender(outside(null, { phone: '' }));
    expect(screen.getByRole('link', { name: /Gọi/ }).elements()).toHaveLength(0);
    expect(telOf('+84 (28) 3930-1111')).toBe('tel:+842839301111');
  });

  it('breaks inside no number, and leaves its place nowhere, at twice the size of text on a phone', async () => {
    await page.viewport(390, 844);
    document.documentElement.style.fontSize = '200%';
    try {
      const sums = {
        ...content().sums,
        base: '1284511111',
        commission: '111284511',
        tax: '11111111',
        payable: '1284511111',
      };
      const statement = published({ sums });
      await onScreen(
        <div data-density="relaxed" className="px-4 text-base" style={{ width: 390 }}>
          {outside(<StatementScreen statement={statement} />)}
        </div>,
      );
      await expect.poll(() => document.querySelectorAll('summary').length).toBeGreaterThan(1);
      for (const summary of document.querySelectorAll('summary')) summary.click();
      const numbers = [...document.querySelectorAll('main *, footer *')].filter(
        (one) => one.children.length === 0 && /\d[\d.,]{3,}/.test(one.textContent ?? '') && one.checkVisibility(),
      );
      expect(numbers.length).toBeGreaterThan(6);
      const torn = numbers.filter((one) => brokenNumbers(one) > 0).map((one) => one.textContent);
      expect(torn).toEqual([]);
      const outsideOf = numbers.filter((one) => one.getBoundingClientRect().right > 391).map((one) => one.textContent);
      expect(outsideOf).toEqual([]);
    } finally {
      document.documentElement.style.fontSize = '';
      await page.viewport(1280, 900);
    }
  });
});

/** How many numbers of a text stand on two lines. */
function brokenNumbers(element: Element): number {
  const text = element.firstChild;
  if (!text) return 0;
  return [...(text.textContent ?? '').matchAll(/\d[\d.,/]*(-\w+)*/g)].filter((found) => {
    const range = document.createRange();
    range.setStart(text, found.index);
    range.setEnd(text, found.index + found[0].length);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
  }).length;
}
