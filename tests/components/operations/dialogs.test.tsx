import { describe, expect, it, vi } from 'vitest';
import { CancelDialog } from '@/components/operations/cancel-dialog';
import { PauseDialog, ResumeDialog } from '@/components/operations/pause-dialogs';
import { ReplayDialog } from '@/components/operations/replay-dialog';
import { useReasonProblem, useRunAction } from '@/components/operations/use-run-action';
import type { ReplayPreview } from '@/server/modules/core/operations/schema';
import { axeProblems } from '../network';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { expectText, pressTwice } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';
import { functionRow } from './sample-runs';

type Screen = Awaited<ReturnType<typeof onScreen>>;
const giveReason = (screen: Screen, reason = 'gửi lại') => screen.getByRole('textbox', { name: 'Lý do' }).fill(reason);

describe('useRunAction', () => {
  it('wants a reason of three letters (useReasonProblem)', async () => {
    const { result } = await hookOnScreen(useReasonProblem);
    expect(result.current('ab')).toContain('Lý do cần từ ba ký tự');
    expect(result.current('abc')).toBeNull();
  });

  it('turns a refusal into its sentence', async () => {
    const { result } = await hookOnScreen(useRunAction);
    const act = { label: 'Việc', total: null, onDone: vi.fn<(done: number) => void>() };
    await result.current({ ...act, run: async () => 2 });
    expect(act.onDone).toHaveBeenCalledExactlyOnceWith(2, false);
    await expect(result.current({ ...act, run: async () => refuses('not_permitted')() })).rejects.toThrow(
      /Có lỗi ngoài dự kiến/,
    );
  });
});

describe('cancelling runs', () => {
  it('says how many stop and how many have ended, and is sent once with its reason', async () => {
    const onClose = vi.fn();
    const onDone = vi.fn();
    const sent = serverAnswers({ 'operations.cancel': () => ({ done: 2, left: 1 }) });
    const props = { runIds: ['a', 'b'], ended: 3, onDone, onClose };
    const screen = await onScreen(<CancelDialog {...props} />);
    const dialog = screen.getByRole('alertdialog', { name: 'Dừng hẳn 2 lượt' });
    await expectText(dialog, '2 lượt dừng trước bước tiếp theo.');
    await expectText(dialog, '3 lượt đã chọn đã kết thúc và giữ nguyên.');
    await giveReason(screen);
    await pressTwice(screen.getByRole('button', { name: 'Dừng hẳn 2 lượt' }));
    await expect.element(screen.getByText('Đã dừng hẳn 2 lượt')).toBeVisible();
    await expect.element(screen.getByText('1 lượt đã kết thúc từ trước.')).toBeVisible();
    expect(sentTo(sent, 'operations.cancel')).toEqual([{ runIds: ['a', 'b'], reason: 'gửi lại' }]);
    expect([onDone.mock.calls.length, onClose.mock.calls.length]).toEqual([1, 1]);
  });

  it('shows what of a run has happened and what will not', async () => {
    const effects = [
      { kind: 'sms' as const, key: 'a', doneAt: null, done: 0, coming: 1 },
      { kind: 'ledger' as const, key: 'b', doneAt: new Date(), done: 2, coming: 0 },
    ];
    const screen = await onScreen(<CancelDialog runIds={['a']} ended={0} effects={effects} onClose={() => {}} />);
    await expect.element(screen.getByText('Sẽ không xảy ra')).toBeVisible();
    await expect.element(screen.getByText('1 SMS')).toBeVisible();
    await expect.element(screen.getByText('2 bút toán')).toBeVisible();
    expect(await axeProblems()).toEqual([]);
  });

  it('where all have ended there is nothing to stop', async () => {
    const screen = await onScreen(<CancelDialog runIds={[]} ended={3} onClose={() => {}} />);
    await expect.element(screen.getByText(/nên không có gì để dừng/)).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Dừng hẳn' })).toBeDisabled();
  });

  it('a refusal is a sentence, and the reason stays', async () => {
    const onClose = vi.fn();
    serverAnswers({ 'operations.cancel': refuses('background_unavailable', {}, 503) });
    const screen = await onScreen(<CancelDialog runIds={['a']} ended={0} onClose={onClose} />);
    await giveReason(screen);
    await screen.getByRole('button', { name: 'Dừng hẳn 1 lượt' }).click();
    await expectText(screen.getByRole('alert'), 'Máy chủ việc nền đang không trả lời');
    await expect.element(screen.getByRole('textbox', { name: 'Lý do' })).toHaveValue('gửi lại');
    expect(onClose).not.toHaveBeenCalled();
  });
});

describe('pausing and resuming a function', () => {
  it('says how many go on to their end and how many wait, and asks for the reason', async () => {
    const sent = serverAnswers({ 'operations.pause': () => ({}) });
    const row = functionRow({ running: 2, retrying: 1, queued: 4 });
    const screen = await onScreen(<PauseDialog row={row} onClose={() => {}} />);
    const dialog = screen.getByRole('alertdialog', { name: 'Tạm dừng “Ghi sổ và báo tin sau khi bán”?' });
    await expectText(dialog, '3 lượt đang chạy sẽ chạy đến hết. 4 lượt đang đợi');
    await screen.getByRole('button', { name: 'Tạm dừng' }).click();
    await expectText(screen.getByRole('alert'), 'Hãy ghi lý do');
    await giveReason(screen, 'ab');
    await screen.getByRole('button', { name: 'Tạm dừng' }).click();
    await expectText(screen.getByRole('alert'), 'Lý do cần từ ba ký tự');
    await giveReason(screen, 'bảo trì SMS');
    await screen.getByRole('button', { name: 'Tạm dừng' }).click();
    await expect.element(screen.getByText('Đã tạm dừng “Ghi sổ và báo tin sau khi bán”')).toBeVisible();
    expect(sentTo(sent, 'operations.pause')).toEqual([{ functionId: 'pos-order', reason: 'bảo trì SMS' }]);
  });

  it('says how many start at once, and needs no reason', async () => {
    const resume = vi.fn<() => unknown>(refuses('changed_meanwhile'));
    const sent = serverAnswers({ 'operations.resume': resume });
    const screen = await onScreen(<ResumeDialog row={functionRow({ pausedRuns: 7 })} onClose={() => {}} />);
    await expect.element(screen.getByText(/7 lượt đang chờ sẽ chạy tiếp ngay/)).toBeVisible();
    const confirm = screen.getByRole('button', { name: 'Chạy tiếp' });
    await confirm.click();
    await expectText(screen.getByRole('alert'), 'Việc này vừa được làm ở nơi khác');
    resume.mockImplementation(() => ({}));
    await confirm.click();
    await expect.element(screen.getByText('“Ghi sổ và báo tin sau khi bán” đã chạy tiếp')).toBeVisible();
    expect(sentTo(sent, 'operations.resume')).toHaveLength(2);
  });
});

const preview: ReplayPreview = {
  runs: 3,
  left: { open: 1, replayed: 2, eventGone: 4 },
  patients: 5,
  money: 1_250_000n,
  currency: 'VND',
  effects: [{ kind: 'sms', done: 1, willHappen: 2 }],
};

describe('repeating runs', () => {
  const group = { selection: { functionId: 'pos-order', errorCode: 'sms_unavailable' }, functionId: 'pos-order' };

  it('says first whom it is about, what will not happen again, what will, and what is left', async () => {
    const sent = serverAnswers({
      'operations.previewReplay': () => preview,
      'operations.replay': () => ({ done: 3, left: 7 }),
    });
    const onClose = vi.fn();
    const screen = await onScreen(<ReplayDialog {...group} onClose={onClose} />);
    const dialog = screen.getByRole('alertdialog', { name: 'Chạy lại phần thất bại: Ghi sổ và báo tin sau khi bán' });
    await expectText(dialog, '3 lượt bắt đầu lại từ đầu, cho 5 bệnh nhân.');
    await expectText(dialog, '1.250.000');
    for (const said of [
      '1 lượt chưa kết thúc',
      '2 lượt đã được chạy lại',
      '4 lượt không còn sự kiện gốc',
      '1 SMS',
      '2 SMS',
    ])
      await expectText(dialog, said);
    await giveReason(screen);
    await pressTwice(screen.getByRole('button', { name: 'Chạy lại 3 lượt' }));
    await expect.element(screen.getByText('3 lượt đang bắt đầu lại')).toBeVisible();
    expect(sentTo(sent, 'operations.replay')).toEqual([{ selection: group.selection, reason: 'gửi lại' }]);
    expect(onClose).toHaveBeenCalledTimes(1);
    await screen.getByRole('button', { name: 'Xem' }).click();
    await expectAddress('/operations/runs?function=pos-order');
  });

  it('nothing can be confirmed before it is known what would happen, nor where nothing would', async () => {
    let answer = (_: ReplayPreview) => {};
    serverAnswers({ 'operations.previewReplay': () => new Promise<ReplayPreview>((resolve) => (answer = resolve)) });
    const screen = await onScreen(<ReplayDialog selection={{ runIds: ['a', 'b'] }} onClose={() => {}} />);
    await expect.element(screen.getByRole('alertdialog', { name: 'Chạy lại 2 lượt' })).toBeVisible();
    await expect.element(screen.getByText('Đang xem phần nào đã xong')).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Chạy lại' })).toBeDisabled();
    answer({ ...preview, runs: 0, money: null, effects: [], left: { open: 2, replayed: 0, eventGone: 0 } });
    await expect.element(screen.getByText('Không có lượt nào chạy lại được.')).toBeVisible();
    await expect.element(screen.getByText('2 lượt chưa kết thúc')).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Chạy lại' })).toBeDisabled();
    expect(screen.getByText(/Số tiền đang chờ/).elements()).toHaveLength(0);
  });

  it('one that waits for its next attempt is tried again now', async () => {
    serverAnswers({ 'operations.previewReplay': () => ({ ...preview, runs: 1 }) });
    const props = { selection: { runIds: ['a'] }, functionId: 'pos-order', retry: true, onClose: () => {} };
    const screen = await onScreen(<ReplayDialog {...props} />);
    await expect.element(screen.getByRole('alertdialog', { name: 'Thử lại ngay' })).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Thử lại ngay' })).toBeEnabled();
  });

  it('a preview that is refused is a sentence; so is a repetition, with the reason kept', async () => {
    serverAnswers({ 'operations.previewReplay': refuses('not_permitted', {}, 403) });
    const refused = await onScreen(<ReplayDialog {...group} onClose={() => {}} />);
    await expectText(refused.getByRole('alert'), 'Vai trò của bạn không được phép làm việc này.');
    await refused.unmount();
    serverAnswers({ 'operations.previewReplay': () => preview, 'operations.replay': refuses('changed_meanwhile') });
    const screen = await onScreen(<ReplayDialog {...group} onClose={() => {}} />);
    await giveReason(screen);
    await screen.getByRole('button', { name: 'Chạy lại 3 lượt' }).click();
    await expectText(screen.getByRole('alert'), 'Việc này vừa được làm ở nơi khác');
    await expect.element(screen.getByRole('textbox', { name: 'Lý do' })).toHaveValue('gửi lại');
  });
});
