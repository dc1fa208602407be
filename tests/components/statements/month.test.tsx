import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type Rights, useMonthActions } from '@/components/statements/month-actions';
import { MonthScreen } from '@/components/statements/month-screen';
import { RunMonthDialog } from '@/components/statements/run-month-dialog';
import { RunStatus } from '@/components/statements/run-status';
import { StatementsScreen } from '@/components/statements/statements-screen';
import type { MonthOverview } from '@/server/modules/referral/statements/schema';
import { axeProblems } from '../network';
import { expectAddress, onScreen } from '../on-screen';
import { expectFocus, expectText, pressTwice } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';
import { month, statement, statementId } from './sample-month';

const all: Rights = { mayRun: true, mayApprove: true, mayPublish: true };
const progress = (state: 'requested' | 'running' | 'done' | 'failed') => ({
  id: 'r',
  state,
  doctorsTotal: 300,
  doctorsDone: 100,
  failure: null,
  requestedAt: new Date('2026-11-01T01:00:00Z'),
  finishedAt: null,
});

function Actions({ overview, rights = all }: { overview: MonthOverview; rights?: Rights }) {
  const { runs, approves, publishes, dialog } = useMonthActions(overview, rights);
  return (
    <>
      {runs}
      {approves}
      {publishes}
      {dialog}
    </>
  );
}

const actions = (more: Partial<MonthOverview>, rights = all) =>
  onScreen(<Actions overview={month(more)} rights={rights} />);
const names = (screen: Awaited<ReturnType<typeof actions>>) =>
  screen
    .getByRole('button')
    .elements()
    .map((one) => one.textContent);
const states = { draft: 0, reviewed: 0, approved: 0, published: 0, paid: 0, superseded: 0 };

describe('what can be done with a month (useMonthActions)', () => {
  it.each<[string, Partial<MonthOverview>, Rights, string[]]>([
    ['never run', { states }, all, ['Tính kỳ']],
    ['drafts', { run: progress('done') }, all, ['Tính lại', 'Duyệt kỳ']],
    [
      'drafts beside approved ones',
      { states: { ...states, draft: 1, approved: 2 } },
      all,
      ['Tính kỳ', 'Duyệt kỳ', 'Phát hành'],
    ],
    ['approved', { state: 'sealed', states: { ...states, approved: 3 } }, all, ['Phát hành']],
    ['published', { state: 'sealed', states: { ...states, published: 3 } }, all, []],
    ['being run', { run: progress('running'), states: { ...states, draft: 1, approved: 1 } }, all, ['Tính lại']],
    ['for who only runs', {}, { mayRun: true, mayApprove: false, mayPublish: false }, ['Tính kỳ']],
    ['for who only reads', {}, { mayRun: false, mayApprove: false, mayPublish: false }, []],
  ])('%s', async (_, more, rights, wanted) => {
    const screen = await actions(more, rights);
    await expect.poll(() => names(screen)).toEqual(wanted);
  });

  it('a run is asked for once, cannot be asked for while one goes, and a refusal is a sentence', async () => {
    const run = vi.fn<() => unknown>(() => ({}));
    const sent = serverAnswers({ 'statements.run': run });
    const screen = await actions({ states });
    await pressTwice(screen.getByRole('button', { name: 'Tính kỳ' }));
    await expect.element(screen.getByText('Đang tính kỳ 10/2026')).toBeVisible();
    expect(sentTo(sent, 'statements.run')).toEqual([{ month: '2026-10' }]);
    run.mockImplementation(refuses('run_in_progress', { month: '10/2026' }));
    await screen.getByRole('button', { name: 'Tính kỳ' }).click();
    await expect.element(screen.getByText('Kỳ 10/2026 đang được tính. Hãy đợi tính xong rồi thử lại.')).toBeVisible();
    await screen.rerender(<Actions overview={month({ run: progress('requested') })} />);
    await expect.element(screen.getByRole('button', { name: 'Tính lại' })).toBeDisabled();
  });
});

describe('approving', () => {
  it('says how many are locked for good with which sum, and is sent once', async () => {
    const sent = serverAnswers({ 'statements.approve': () => ({ approved: 3 }) });
    const screen = await actions({});
    await screen.getByRole('button', { name: 'Duyệt kỳ' }).click();
    const dialog = screen.getByRole('alertdialog', { name: 'Duyệt bảng kê kỳ 10/2026?' });
    await expect.element(dialog.getByText(/3 bảng kê được khóa vĩnh viễn với tổng thực nhận 810\.000/)).toBeVisible();
    await pressTwice(screen.getByRole('button', { name: 'Duyệt 3 bảng kê' }));
    await expect.element(screen.getByText('Đã duyệt 3 bảng kê')).toBeVisible();
    expect(sentTo(sent, 'statements.approve')).toEqual([{ month: '2026-10', beforeEnd: false }]);
  });

  it('of a month that has not ended wants it known first', async () => {
    const sent = serverAnswers({ 'statements.approve': () => ({ approved: 3 }) });
    const screen = await actions({ over: false });
    await screen.getByRole('button', { name: 'Duyệt kỳ' }).click();
    await expect.element(screen.getByText('Tháng này chưa kết thúc')).toBeVisible();
    const confirm = screen.getByRole('button', { name: 'Duyệt 3 bảng kê' });
    await expect.element(confirm).toBeDisabled();
    const known = screen.getByRole('checkbox', { name: /Tôi hiểu và vẫn muốn duyệt/ });
    (known.element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    await expect.element(confirm).toBeEnabled();
    expect(await axeProblems()).toEqual([]);
    await confirm.click();
    await expect.poll(() => sentTo(sent, 'statements.approve')).toEqual([{ month: '2026-10', beforeEnd: true }]);
  });

  it.each([
    ['period_not_over', { month: '10/2026' }, 'Tháng 10/2026 chưa kết thúc.'],
    ['run_failed', { month: '10/2026' }, 'Hãy tính lại kỳ này trước.'],
    ['run_in_progress', { month: '10/2026' }, 'Hãy đợi tính xong rồi thử lại.'],
    ['changed_meanwhile', {}, 'Việc này vừa được làm ở nơi khác'],
  ])('%s is a sentence in the question itself', async (reason, params, sentence) => {
    serverAnswers({ 'statements.approve': refuses(reason, params) });
    const screen = await actions({});
    await screen.getByRole('button', { name: 'Duyệt kỳ' }).click();
    await screen.getByRole('button', { name: 'Duyệt 3 bảng kê' }).click();
    await expectText(screen.getByRole('alert'), sentence);
    await expect.element(screen.getByRole('button', { name: 'Duyệt 3 bảng kê' })).toBeEnabled();
  });
});

describe('publishing', () => {
  it('says how many doctors are written to, and who cannot be', async () => {
    const sent = serverAnswers({ 'statements.publish': () => ({ published: 2 }) });
    const screen = await actions({ state: 'sealed', states: { ...states, approved: 2 }, withoutChannel: 1 });
    await screen.getByRole('button', { name: 'Phát hành' }).click();
    const dialog = screen.getByRole('alertdialog', { name: 'Phát hành bảng kê kỳ 10/2026?' });
    await expectText(dialog, '2 bác sĩ nhận tin nhắn');
    await expectText(dialog, '1 bác sĩ chưa có số điện thoại lẫn email');
    await pressTwice(screen.getByRole('button', { name: 'Phát hành 2 bảng kê' }));
    await expect.element(screen.getByText('Đã phát hành 2 bảng kê')).toBeVisible();
    expect(sentTo(sent, 'statements.publish')).toEqual([{ month: '2026-10' }]);
  });

  it('nothing_approved is a sentence', async () => {
    serverAnswers({ 'statements.publish': refuses('nothing_approved', { month: '10/2026' }) });
    const screen = await actions({ state: 'sealed', states: { ...states, approved: 2 } });
    await screen.getByRole('button', { name: 'Phát hành' }).click();
    await screen.getByRole('button', { name: 'Phát hành 2 bảng kê' }).click();
    await expectText(screen.getByRole('alert'), 'chưa có bảng kê nào được duyệt');
  });
});

describe('choosing a month to run', () => {
  it('proposes one, is sent once, and goes to the month', async () => {
    const onClose = vi.fn();
    const sent = serverAnswers({ 'statements.run': () => ({}) });
    const props = { open: true, onClose, upTo: '2026-11', suggested: '2026-10' };
    const screen = await onScreen(<RunMonthDialog {...props} />);
    await screen.getByRole('button', { name: /Tháng/ }).click();
    expect(
      screen
        .getByRole('option')
        .elements()
        .map((one) => one.textContent),
    ).toHaveLength(13);
    await screen.getByRole('option', { name: '09/2026' }).click();
    await pressTwice(screen.getByRole('button', { name: 'Bắt đầu tính' }));
    await expectAddress('/statements/2026-09');
    expect(sentTo(sent, 'statements.run')).toEqual([{ month: '2026-09' }]);
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('a refusal is a sentence, and the month that was chosen stays', async () => {
    serverAnswers({ 'statements.run': refuses('period_sealed', { month: '10/2026' }) });
    const onClose = vi.fn();
    const screen = await onScreen(<RunMonthDialog open onClose={onClose} upTo="2026-11" suggested="2026-10" />);
    await screen.getByRole('button', { name: 'Bắt đầu tính' }).click();
    await expectText(screen.getByRole('alert'), 'Kỳ 10/2026 đã khóa sổ.');
    await expectFocus(screen.getByRole('button', { name: /10\/2026.*Tháng/ }));
    expect(onClose).not.toHaveBeenCalled();
  });
});

it('how a run goes, by what is known of it: how far, and how long still where that is long', async () => {
  const at = (state: Parameters<typeof progress>[0], seconds: number) => (
    <RunStatus run={progress(state)} month="2026-10" now={progress(state).requestedAt.getTime() + seconds * 1000} />
  );
  const screen = await onScreen(at('requested', 1));
  await expect.element(screen.getByText(/Chờ máy nền nhận việc/)).toBeVisible();
  await screen.rerender(at('running', 60));
  await expect.element(screen.getByText('100 / 300 · còn 2 phút')).toBeVisible();
  await screen.rerender(at('running', 1));
  await expect.element(screen.getByText('100 / 300', { exact: true })).toBeVisible();
  await screen.rerender(at('failed', 1));
  await expect.element(screen.getByText(/Lần tính lúc 01\/11\/2026 08:00 không hoàn tất/)).toBeVisible();
  await screen.rerender(at('done', 1));
  expect(screen.getByText(/Lần tính|Có thể rời trang/).elements()).toHaveLength(0);
});

it('the months: the one before this one is proposed for a run; who may not run sees no button', async () => {
  const period = {
    month: '2026-10',
    state: 'open',
    statements: 3,
    commission: 9n,
    tax: 1n,
    payable: 8n,
    base: 90n,
    published: 0,
    running: false,
  };
  serverAnswers({ 'statements.periods': () => [period, { ...period, month: '2026-09', state: 'sealed' }] });
  const screen = await onScreen(<StatementsScreen mayRun thisMonth="2026-11" currency="VND" />);
  await expect.element(screen.getByText('Đã khóa sổ')).toBeVisible();
  await expect
    .element(screen.getByRole('link', { name: /^10\/2026: 9/ }))
    .toHaveAttribute('href', '/statements/2026-10');
  await screen.getByRole('button', { name: 'Tính kỳ' }).click();
  await expect.element(screen.getByRole('dialog').getByRole('button', { name: /10\/2026/ })).toBeVisible();
  await screen.unmount();
  const reading = await onScreen(<StatementsScreen mayRun={false} thisMonth="2026-11" currency="VND" />);
  await expect.element(reading.getByText('Đã khóa sổ')).toBeVisible();
  expect(reading.getByRole('button', { name: 'Tính kỳ' }).elements()).toHaveLength(0);
});

it('a month as a page: what needs a look (AttentionPanel), its statements, and one of them beside the list', async () => {
  const attention = [
    { kind: 'outlier' as const, statementId, doctorCode: 'BS1', doctorName: 'Lê Văn An', payable: 9n, usual: 3n },
    { kind: 'negative' as const, statementId: 'x', doctorCode: 'BS2', doctorName: 'Lan', payable: -9n, usual: null },
  ];
  const { base, commission, adjustments, carryForward, tax, payable } = month().totals;
  const sums = { base, commission, adjustments, carryForward, tax, payable };
  const row = {
    id: statementId,
    doctorCode: 'BS1',
    doctorName: 'Lê Văn An',
    state: 'draft',
    orders: 1,
    lines: 2,
    hasChannel: false,
    hasLink: false,
    ...sums,
  };
  const sent = serverAnswers({
    'statements.month': () => month({ attention, lateOrders: 4 }),
    'statements.periods': () => [],
    'statements.list': () => ({ rows: [row], nextCursor: null }),
    'statements.byId': () => statement(),
    'gate.lockouts': () => ({ lockouts: [], mayUnlock: false }),
  });
  const screen = await onScreen(<MonthScreen month="2026-10" thisMonth="2026-11" rights={all} />, {
    address: '/statements/2026-10',
  });
  await screen.getByRole('button', { name: '3 cần xem trước' }).click();
  await expectAddress('/statements/2026-10?open=look');
  await expect.element(screen.getByText(/Gấp hơn ba lần mức thường \(3/)).toBeVisible();
  await expect.element(screen.getByText('Số thực nhận âm')).toBeVisible();
  await expect.element(screen.getByText(/4 đơn của tháng này đến sau lần tính gần nhất/)).toBeVisible();
  await screen.getByRole('button', { name: 'Đóng chi tiết' }).click();
  await expectAddress('/statements/2026-10');
  await expect.element(screen.getByText('Không có kênh')).toBeVisible();
  await expect.element(screen.getByRole('cell', { name: 'Tổng' })).toBeVisible();
  await screen.getByRole('searchbox').fill('an');
  await expect.poll(() => sentTo(sent, 'statements.list').at(-1)).toMatchObject({ month: '2026-10', search: 'an' });
  expect(screen.getByText('Tổng', { exact: true }).elements()).toHaveLength(0);
  await screen.getByRole('gridcell', { name: 'BS1' }).click();
  await expect.element(screen.getByRole('heading', { level: 2, name: 'Lê Văn An' })).toBeVisible();
  expect(screen.getByRole('columnheader', { name: 'Thuế' }).elements()).toHaveLength(0);
});
