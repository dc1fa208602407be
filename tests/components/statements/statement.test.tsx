import { onlineManager } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { LinkActions } from '@/components/statements/link-actions';
import { LinkHistoryView } from '@/components/statements/link-history-view';
import { StatementPage } from '@/components/statements/statement-page';
import { useStatementColumns } from '@/components/statements/use-statement-columns';
import { VerifiedSealView } from '@/components/statements/verified-seal-view';
import type { LinkHistory } from '@/server/modules/referral/statement-access/schema';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { expectText, pressTwice } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';
import { content, line, month, statement, statementId } from './sample-month';

const liveLinkId = '00000000-0000-7000-8000-000000000051';
const all = { mayRun: true, mayApprove: true, mayPublish: true };

describe('a doctor’s link', () => {
  it('is taken back after saying whom that shuts out, with a reason, once', async () => {
    const sent = serverAnswers({ 'gate.revoke': () => ({}), 'gate.life': () => [] });
    const screen = await onScreen(<LinkActions statementId={statementId} liveLinkId={liveLinkId} />);
    await screen.getByRole('button', { name: 'Thu hồi…' }).click();
    const dialog = screen.getByRole('alertdialog', { name: 'Thu hồi đường dẫn này?' });
    await expectText(dialog, 'mọi phiên xem qua nó bị ngắt ngay');
    await screen.getByRole('textbox', { name: 'Lý do' }).fill('gửi nhầm');
    await pressTwice(screen.getByRole('button', { name: 'Thu hồi đường dẫn' }));
    await expect.element(screen.getByText('Đã thu hồi đường dẫn.')).toBeVisible();
    expect(sent.filter(({ procedure }) => procedure !== 'gate.life')).toEqual([
      { procedure: 'gate.revoke', input: { linkId: liveLinkId, reason: 'gửi nhầm' } },
    ]);
  });

  it('is the one that stood there when it was asked, though it was ended and another came meanwhile', async () => {
    const sent = serverAnswers({ 'gate.revoke': refuses('link_ended'), 'gate.replace': () => ({}) });
    const link = (live: string | null) => <LinkActions statementId={statementId} liveLinkId={live} />;
    const screen = await onScreen(link(liveLinkId));
    await screen.getByRole('button', { name: 'Thu hồi…' }).click();
    await screen.getByRole('textbox', { name: 'Lý do' }).fill('gửi nhầm');
    for (const since of [null, '00000000-0000-7000-8000-000000000052']) {
      await screen.rerender(link(since));
      await screen.getByRole('button', { name: 'Thu hồi đường dẫn' }).click();
      await expectText(screen.getByRole('alert'), 'đã được thu hồi trước đó');
      expect(sent.at(-1)).toEqual({ procedure: 'gate.revoke', input: { linkId: liveLinkId, reason: 'gửi nhầm' } });
    }
    expect(sentTo(sent, 'gate.replace')).toEqual([]);
  });

  it('without a connection it is refused at once, and not done later by itself', async () => {
    const screen = await onScreen(<LinkActions statementId={statementId} liveLinkId={liveLinkId} />);
    await screen.getByRole('button', { name: 'Thu hồi…' }).click();
    await screen.getByRole('textbox', { name: 'Lý do' }).fill('gửi nhầm');
    const lost = vi.fn<typeof fetch>().mockRejectedValue(new TypeError('Failed to fetch'));
    globalThis.fetch = lost;
    onlineManager.setOnline(false);
    await screen.getByRole('button', { name: 'Thu hồi đường dẫn' }).click();
    await expect.element(screen.getByRole('alert')).toBeVisible();
    const tries = lost.mock.calls.length;
    await screen.getByRole('button', { name: 'Hủy', exact: true }).click();
    expect(screen.getByRole('alertdialog').elements()).toEqual([]);
    onlineManager.setOnline(true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(lost.mock.calls.length).toBe(tries);
  });

  it('useAskedOnce: an address leads to its dialog, once, and to the one of no link that is over', async () => {
    const sent = serverAnswers({ 'gate.replace': () => ({}) });
    const link = (live: string | null) => <LinkActions statementId={statementId} liveLinkId={live} />;
    const screen = await onScreen(link(liveLinkId), { address: '/statements/2026-10/1?link=revoke' });
    await expect.element(screen.getByRole('alertdialog', { name: 'Thu hồi đường dẫn này?' })).toBeVisible();
    await expectAddress('/statements/2026-10/1');
    await screen.unmount();
    const ended = await onScreen(link(null), { address: '/statements/2026-10/1?link=revoke' });
    await expectAddress('/statements/2026-10/1');
    expect(ended.getByRole('alertdialog').elements()).toHaveLength(0);
    expect(sent).toEqual([]);
  });

  it('is sent again, which ends the one in force where there is one', async () => {
    const sent = serverAnswers({ 'gate.replace': () => ({}) });
    const screen = await onScreen(<LinkActions statementId={statementId} liveLinkId={liveLinkId} />);
    await screen.getByRole('button', { name: 'Gửi đường dẫn mới…' }).click();
    await expect
      .element(screen.getByText(/Đường dẫn đang hiệu lực và mọi phiên xem qua nó bị ngắt ngay/))
      .toBeVisible();
    await screen.getByRole('textbox', { name: 'Lý do' }).fill('mất điện thoại');
    await screen.getByRole('button', { name: 'Gửi đường dẫn mới', exact: true }).click();
    await expect.element(screen.getByText('Đã cấp đường dẫn mới và đang gửi cho bác sĩ.')).toBeVisible();
    expect(sentTo(sent, 'gate.replace')).toEqual([
      { statementId, reason: 'mất điện thoại', clientKey: expect.any(String) },
    ]);
    await screen.unmount();
    const ended = await onScreen(<LinkActions statementId={statementId} liveLinkId={null} />);
    expect(ended.getByRole('button', { name: 'Thu hồi…' }).elements()).toHaveLength(0);
    await ended.getByRole('button', { name: 'Gửi đường dẫn mới…' }).click();
    await expect.element(ended.getByText(/^Bác sĩ nhận một tin nhắn với đường dẫn mới/)).toBeVisible();
  });

  it.each([
    ['no_channel', 'Người nhận chưa có số điện thoại hoặc email'],
    ['not_published', 'Bảng kê này chưa phát hành'],
    ['changed_meanwhile', 'Việc này vừa được làm ở nơi khác'],
  ])('%s is a sentence, and the reason stays', async (reason, sentence) => {
    serverAnswers({ 'gate.replace': refuses(reason) });
    const screen = await onScreen(<LinkActions statementId={statementId} liveLinkId={null} />);
    await screen.getByRole('button', { name: 'Gửi đường dẫn mới…' }).click();
    await screen.getByRole('textbox', { name: 'Lý do' }).fill('xin lại');
    await screen.getByRole('button', { name: 'Gửi đường dẫn mới', exact: true }).click();
    await expectText(screen.getByRole('alert'), sentence);
    await expect.element(screen.getByRole('textbox', { name: 'Lý do' })).toHaveValue('xin lại');
  });

  const link = (more: Partial<LinkHistory> = {}): LinkHistory => ({
    linkId: liveLinkId,
    createdAt: new Date('2026-11-02'),
    expiresAt: new Date(Date.now() + 86_400_000),
    revokedAt: null,
    forwardedAt: null,
    machineVisits: 0,
    events: [
      { id: '1', kind: 'sent', at: '2026-11-02T01:00:00Z', agent: null, machine: false },
      { id: '2', kind: 'opened', at: '2026-11-02T02:00:00Z', agent: 'Preview', machine: true },
    ],
    ...more,
  });
  const history = (published: boolean) => (
    <LinkHistoryView statementId={statementId} published={published} mayPublish />
  );

  it('says what happened to it, the latest first, a machine’s visit marked; only one in force can be taken back', async () => {
    serverAnswers({ 'gate.life': () => [link()] });
    const screen = await onScreen(history(true));
    await expect.element(screen.getByText('Đang hiệu lực')).toBeVisible();
    const events = screen
      .getByRole('listitem')
      .elements()
      .map((one) => one.textContent);
    expect(events[0]).toContain('Đã mở đường dẫnmáy tự mở');
    expect(events[1]).toContain('Đã gửi tin');
    await expect.element(screen.getByRole('button', { name: 'Thu hồi…' })).toBeVisible();
    await screen.unmount();
    const over = [
      link({ revokedAt: new Date(), expiresAt: new Date(0) }),
      link({ linkId: 'b', expiresAt: new Date(0), events: [] }),
    ];
    serverAnswers({ 'gate.life': () => over });
    const ended = await onScreen(history(true));
    await expect.element(ended.getByText('Đã thu hồi').first()).toBeVisible();
    await expect.element(ended.getByText('Đã hết hạn')).toBeVisible();
    await expect.element(ended.getByText('Chưa có gì xảy ra với đường dẫn này.')).toBeVisible();
    expect(ended.getByRole('button', { name: 'Thu hồi…' }).elements()).toHaveLength(0);
  });

  it('of a statement that is not published is not asked for', async () => {
    const sent = serverAnswers({});
    const screen = await onScreen(history(false));
    await expect.element(screen.getByText('Chưa phát hành nên chưa có đường dẫn.')).toBeVisible();
    expect(sent).toEqual([]);
  });
});

const page = (more: Parameters<typeof statement>[0] = {}, answers = {}, locale: 'vi' | 'en' = 'vi') => {
  const sent = serverAnswers({
    'statements.byId': () => statement(more),
    'gate.lockouts': () => ({ lockouts: [], mayUnlock: false }),
    'gate.life': () => [],
    ...answers,
  });
  return onScreen(<StatementPage id={statementId} rights={all} />, { locale }).then((screen) => ({ screen, sent }));
};

describe('a statement', () => {
  it('is marked as looked through, once, and unmarked; a refusal is a sentence', async () => {
    const review = vi.fn<() => unknown>(() => ({}));
    const { screen, sent } = await page({}, { 'statements.review': review });
    await pressTwice(screen.getByRole('button', { name: 'Đánh dấu đã xem' }));
    await expect.poll(() => sentTo(sent, 'statements.review')).toEqual([{ statementId, reviewed: true }]);
    await screen.unmount();
    const moved = await page({ state: 'reviewed' }, { 'statements.review': refuses('statement_moved_on') });
    await moved.screen.getByRole('button', { name: 'Bỏ dấu đã xem' }).click();
    await expect.element(moved.screen.getByText(/Bảng kê này vừa được duyệt/)).toBeVisible();
    expect(sentTo(moved.sent, 'statements.review')).toEqual([{ statementId, reviewed: false }]);
  });

  it('sealed offers its papers, asks for one that is missing, and can no longer be marked', async () => {
    const hash = 'a'.repeat(64);
    const { screen, sent } = await page(
      { state: 'approved', hash, documents: ['vi'] },
      { 'statements.requestPdf': () => ({}) },
    );
    await expect
      .element(screen.getByRole('link', { name: 'PDF tiếng Việt' }))
      .toHaveAttribute('href', `/api/documents/of/statement/${statementId}?lang=vi`);
    await expect.element(screen.getByText('PDF đang được tạo')).toBeVisible();
    await pressTwice(screen.getByRole('button', { name: 'Tạo lại PDF' }));
    await expect.element(screen.getByText('Đã yêu cầu tạo lại PDF')).toBeVisible();
    expect(sentTo(sent, 'statements.requestPdf')).toEqual([{ statementId }]);
    await expect
      .element(screen.getByRole('link', { name: 'Kiểm tra công khai' }))
      .toHaveAttribute('href', `/verify/${hash}`);
    expect(screen.getByRole('button', { name: /Đánh dấu/ }).elements()).toHaveLength(0);
  });

  it('reads as a sum: the tax says of what, or that it is below its threshold, or that there is none', async () => {
    const taxed = await page();
    await expect.element(taxed.screen.getByText(/^7,5% của 125\.000/)).toBeVisible();
    await taxed.screen.unmount();
    const english = await page({}, {}, 'en');
    await expect.element(english.screen.getByText(/7\.5% of 125,000/)).toBeVisible();
    await english.screen.unmount();
    const sums = content().sums;
    const below = await page({ content: content({ sums: { ...sums, tax: '0' } }) });
    await expect.element(below.screen.getByText(/chưa tới ngưỡng 2\.000\.000/)).toBeVisible();
    await below.screen.unmount();
    const free = await page({ content: content({ sums: { ...sums, tax: '0', taxRate: '0' } }) });
    await expect.element(free.screen.getByText('Thuế suất 0%')).toBeVisible();
  });

  it('a line opens to the arithmetic of its commission: percent, bands, a fixed sum, a cap, a refund', async () => {
    const part = (percent: string, from: string) => ({ percent, from, base: '500000' });
    const lines = [
      line(1),
      line(2, { rule: { kind: 'percent', parts: [part('10', '0'), part('12.5', '5000000')], cap: '100000' } }),
      line(3, {
        rule: { kind: 'fixed', amount: '30000', cap: null },
        kind: 'refund',
        base: '-1000000',
        commission: '-30000',
      }),
      line(4, { rule: { kind: 'none' }, commission: '0' }),
    ];
    const days = [{ day: '2026-10-05', orders: [{ number: 'HCM-7', reference: null, patient: 'Đ. T. Mai', lines }] }];
    const { screen } = await page({ content: content({ days }) });
    await screen.getByText('05/10/2026').click();
    for (const name of screen.getByText('Công thức máu').elements()) (name as HTMLElement).click();
    await expect.element(screen.getByText(/^1\.000\.000.đ × 12,5%$/)).toBeVisible();
    await expect.element(screen.getByText(/\+ 500\.000.đ × 12,5%$/)).toBeVisible();
    await expect.element(screen.getByText(/100\.000.đ/).first()).toBeVisible();
    await expect.element(screen.getByText(/^= −30\.000/)).toBeVisible();
    expect(screen.getByText(/^= 0/).elements()).toHaveLength(1);
  });
});

it('useStatementColumns: totals stand under the columns while nothing is filtered; empty columns wait to be chosen', async () => {
  const { result } = await hookOnScreen(() => ({
    whole: useStatementColumns(month(), false),
    filtered: useStatementColumns(month({ totals: { ...month().totals, carryForward: 5n } }), true),
  }));
  const { whole, filtered } = result.current;
  const of = (columns: typeof whole, id: string) => columns.find((column) => column.id === id);
  expect(of(whole, 'orders')?.total).toBe('10');
  expect(filtered.some((column) => column.total !== undefined)).toBe(false);
  expect([of(whole, 'carryForward')?.hidden, of(filtered, 'carryForward')?.hidden]).toEqual([true, false]);
});

it('a public seal says whether the paper is whole, whether a newer one took its place, and nobody’s name', async () => {
  const seal = {
    number: 'BK-1',
    month: '2026-10',
    issuer: { vi: 'Xét nghiệm Sapoche', en: 'Sapoche Laboratories' },
    sealedAt: '2026-11-02T01:00:00Z',
    payable: '115625',
    currency: 'VND',
    state: 'in-force' as const,
    intact: true,
  };
  const screen = await onScreen(<VerifiedSealView seal={seal} hash="abc" />);
  await expect.element(screen.getByText('Bảng kê này là thật và còn nguyên vẹn')).toBeVisible();
  expect(screen.getByText(/đã được thay bằng bản mới hơn/).elements()).toHaveLength(0);
  await screen.rerender(<VerifiedSealView seal={{ ...seal, intact: false, state: 'superseded' }} hash="abc" />);
  await expect.element(screen.getByText(/Hãy liên hệ Xét nghiệm Sapoche/)).toBeVisible();
  await expect.element(screen.getByText(/đã được thay bằng bản mới hơn/)).toBeVisible();
  expect(screen.getByText('Bảng kê này là thật').elements()).toHaveLength(0);
});

it('a statement begins with its sum: all amounts in one column, counts in their own, lines folded under theirs', async () => {
  const categories = [
    { category: 'a', name: { vi: 'Huyết học', en: 'Hematology' }, lines: 12, base: '700000', commission: '90000' },
    { category: 'b', name: { vi: 'Sinh hóa', en: 'Biochemistry' }, lines: 3, base: '300000', commission: '35000' },
  ];
  const { screen } = await page({ content: content({ categories }) });
  const sum = screen.getByRole('region', { name: 'Bảng kê đọc như một phép cộng' });
  await expect.element(sum).toBeVisible();
  const rights = (texts: RegExp[]) =>
    texts.map((text) => sum.getByText(text).first().element().getBoundingClientRect().right);
  const ends = rights([/^1\.000\.000$/, /^125\.000$/, /^9\.375$/]);
  expect(new Set(ends.map(Math.round)).size).toBe(1);
  expect(sum.getByText('Huyết học').first().element().checkVisibility()).toBe(false);
  await sum.getByText('Doanh thu giới thiệu').click();
  await expect.element(sum.getByText('Huyết học').first()).toBeVisible();
  expect(new Set([...ends, ...rights([/^700\.000$/, /^300\.000$/])].map(Math.round)).size).toBe(1);
  expect(new Set(rights([/^12$/, /^3$/]).map(Math.round)).size).toBe(1);
  const whole = sum.getByText('115.625 đ').element();
  expect(getComputedStyle(whole).fontSize).toBe('28px');
  const firstLine = screen.getByRole('heading', { name: 'Đơn theo ngày' }).element();
  expect(sum.element().compareDocumentPosition(firstLine) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});
