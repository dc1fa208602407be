import { afterEach, describe, expect, it, vi } from 'vitest';
import { ActionsProvider } from '@/components/operations/actions';
import { runPage } from '@/components/operations/run-filters';
import { RunList } from '@/components/operations/run-list';
import { RunPage } from '@/components/operations/run-page';
import { useLiveRuns } from '@/components/operations/use-live-runs';
import { useRun } from '@/components/operations/use-run';
import { useRunColumns } from '@/components/operations/use-run-columns';
import { useRunFilters } from '@/components/operations/use-run-filters';
import type { Overview, RunStep } from '@/server/modules/core/operations/schema';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { choose, expectText } from '../press';
import { sentTo, serverAnswers } from '../server-answers';
import { functionRow, overview, run, runDetail } from './sample-runs';

afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
});

const pageOf = (at: number, last = 9) => ({ rows: [run(at)], nextCursor: at < last ? String(at + 1) : null });
type Asked = { cursor?: string | null };

describe('useLiveRuns', () => {
  const live = async () => {
    vi.useFakeTimers({
      toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'],
      shouldAdvanceTime: true,
    });
    const sent = serverAnswers({ 'operations.runs': ({ cursor }: Asked) => pageOf(Number(cursor ?? 1)) });
    const { result, act } = await hookOnScreen(() => useLiveRuns(runPage({})));
    const asked = () => sentTo(sent, 'operations.runs').length;
    await expect.poll(() => result.current.list.data?.pages.length).toBe(1);
    return { result, act, asked };
  };

  it('asks again every few seconds, until it is paused; then it goes back to the newest', async () => {
    const { result, act, asked } = await live();
    expect(result.current.liveness).toBe('live');
    const before = asked();
    await vi.advanceTimersByTimeAsync(4_100);
    await expect.poll(asked).toBeGreaterThan(before);
    await act(() => result.current.turn());
    expect(result.current.liveness).toBe('paused');
    await expect.poll(() => result.current.list.isFetching).toBe(false);
    const paused = asked();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked()).toBe(paused);
    await act(() => result.current.turn());
    expect(result.current.liveness).toBe('live');
    await expect.poll(asked).toBeGreaterThan(paused);
  });

  it('rests while one reads further down, and coming back shows the newest alone', async () => {
    const { result, act, asked } = await live();
    for (const pages of [2, 3]) {
      await act(() => result.current.list.fetchNextPage());
      await expect.poll(() => result.current.list.data?.pages.length).toBe(pages);
      await expect.poll(() => result.current.list.isFetching).toBe(false);
    }
    expect(result.current.liveness).toBe('far');
    const before = asked();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked()).toBe(before);
    await act(() => result.current.turn());
    await expect.poll(() => result.current.list.data?.pages.length).toBe(1);
    expect(result.current.liveness).toBe('live');
  });
});

it.each([
  ['running', 2],
  ['completed', 10],
] as const)('useRun: one that is %s is asked for again after %d seconds', async (state, seconds) => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  const sent = serverAnswers({ 'operations.run': () => runDetail({ state }) });
  const { result } = await hookOnScreen(() => useRun('01RUN1'));
  await expect.poll(() => result.current.data?.state).toBe(state);
  await vi.advanceTimersByTimeAsync((seconds - 1) * 1_000);
  expect(sentTo(sent, 'operations.run')).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_100);
  await expect.poll(() => sentTo(sent, 'operations.run')).toHaveLength(2);
});

const list = (mayAct: boolean, rows: object[], address = '/operations') => {
  const sent = serverAnswers({
    'operations.runs': () => ({ rows, nextCursor: null }),
    'operations.run': () => runDetail(),
    'operations.previewReplay': () => new Promise(() => {}),
  });
  const found = overview({ functions: [functionRow(), functionRow({ functionId: 'order' })] });
  const screen = onScreen(
    <ActionsProvider mayAct={mayAct}>
      <RunList tabs={null} overview={found} />
    </ActionsProvider>,
    { address },
  );
  return { sent, screen };
};

describe('the list of runs', () => {
  it('what was selected is stopped or repeated together; what has ended is left and said', async () => {
    const { screen: opening } = list(true, [run(1), run(2, { state: 'running', endedAt: null, errorCode: null })]);
    const screen = await opening;
    await expect.element(screen.getByRole('link', { name: 'HCM-2' })).toBeVisible();
    await choose(screen.getByRole('checkbox', { name: 'Chọn tất cả dòng đang hiện' }));
    await screen.getByRole('button', { name: 'Dừng hẳn…' }).click();
    const dialog = screen.getByRole('alertdialog', { name: 'Dừng hẳn 1 lượt' });
    await expectText(dialog, '1 lượt đã chọn đã kết thúc và giữ nguyên.');
    await dialog.getByRole('button', { name: 'Hủy', exact: true }).click();
    await screen.getByRole('button', { name: 'Chạy lại…' }).click();
    await expect.element(screen.getByRole('alertdialog', { name: 'Chạy lại 2 lượt' })).toBeVisible();
  });

  it('who may only look takes what they select as a file, and is offered no act (useActions)', async () => {
    const screen = await list(false, [run(1)], '/operations?run=01RUN1').screen;
    await expect.element(screen.getByRole('heading', { name: 'Ghi sổ và báo tin sau khi bán' })).toBeVisible();
    await choose(screen.getByRole('checkbox', { name: /^Chọn Ghi sổ/ }));
    await expect.element(screen.getByRole('button', { name: 'Xuất dòng đã chọn' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Chạy lại…' }).elements()).toHaveLength(0);
  });

  it('asks for what the address says; none found is not none there', async () => {
    const { screen: opening, sent } = list(true, [], '/operations?state=open&function=order&error=sms_unavailable');
    const screen = await opening;
    await expect.element(screen.getByText('Không có lượt nào khớp')).toBeVisible();
    expect(sentTo(sent, 'operations.runs')[0]).toMatchObject({
      open: true,
      functionId: 'order',
      errorCode: 'sms_unavailable',
      limit: 100,
    });
    await screen.getByRole('button', { name: /Việc$/ }).first().click();
    await screen.getByRole('option', { name: 'Việc: tất cả' }).click();
    await expectAddress('/operations?state=open&error=sms_unavailable');
    await screen.getByRole('button', { name: 'Giữ yên danh sách' }).click();
    await expect.element(screen.getByText('Đang giữ yên')).toBeVisible();
  });
});

it('the runs are filtered by what there is: a cause while something has failed or while the address names one (useRunFilters)', async () => {
  const causes = async (address: string, failures: Overview['failures']) => {
    const { result, unmount } = await hookOnScreen(() => useRunFilters(overview({ failures })), { address });
    const filter = result.current.find((one) => one.kind === 'choice' && one.param === 'error');
    await unmount();
    return filter?.kind === 'choice' ? filter.options.map(({ value }) => value) : [];
  };
  expect(await causes('/', [])).toEqual([]);
  expect(await causes('/?error=gone', [])).toEqual(['gone']);
});

it('useRunColumns: how long one took, or has taken until it was looked at, and why in a sentence', async () => {
  const seenAt = new Date('2026-11-29T01:02:05Z').getTime();
  const { result } = await hookOnScreen(() => useRunColumns(seenAt));
  const cell = (id: string, row = run(1)) => result.current.find((column) => column.id === id)?.cell(row);
  expect(cell('took')).toBe('12 s');
  expect(cell('took', run(1, { endedAt: null }))).toBe('2 phút 5 s');
  expect(cell('error')).toBe('Cổng SMS không trả lời.');
  expect(cell('error', run(1, { errorCode: null }))).toBe('—');
});

const step = (at: number, more: Partial<RunStep> = {}): RunStep => ({
  stepId: `s${at}`,
  name: 'revenue',
  state: 'completed',
  attempts: 1,
  startedAt: new Date('2026-11-29T01:00:05Z'),
  endedAt: new Date('2026-11-29T01:00:06Z'),
  errorCode: null,
  ...more,
});

describe('a run', () => {
  const page = (detail: Parameters<typeof runDetail>[0], mayAct = true) => {
    serverAnswers({ 'operations.run': () => runDetail(detail) });
    return onScreen(<RunPage runId="01RUN1" mayAct={mayAct} />);
  };

  it('says why it stopped, whom it is about, how long it waited, and each step in people’s words', async () => {
    const steps = [step(1), step(2, { name: 'rows-1-500', attempts: 3, state: 'failed', errorCode: 'sms_refused' })];
    const screen = await page({ steps, replayOf: '01RUN0' });
    await expect.element(screen.getByText('Vì sao dừng')).toBeVisible();
    await expect.element(screen.getByText('Cổng SMS không trả lời.')).toBeVisible();
    await expect.element(screen.getByText('Lượt này chờ 5 s trước bước đầu tiên.')).toBeVisible();
    await expect.element(screen.getByText('Dòng 1 đến 500')).toBeVisible();
    await expect.element(screen.getByText('3 lần thử')).toBeVisible();
    await expect.element(screen.getByText('Cổng SMS từ chối số điện thoại.')).toBeVisible();
    await expect
      .element(screen.getByRole('link', { name: 'lượt trước' }))
      .toHaveAttribute('href', '/operations/runs/01RUN0');
    await expect.element(screen.getByRole('link', { name: 'HCM-1' })).toHaveAttribute('href', '/orders/o1');
  });

  it('many steps are shown when one asks for them', async () => {
    const screen = await page({ steps: Array.from({ length: 31 }, (_, at) => step(at)) });
    await expect.poll(() => screen.getByText('Ghi sổ', { exact: true }).elements()).toHaveLength(30);
    await screen.getByRole('button', { name: 'Xem cả 31 bước' }).click();
    await expect.poll(() => screen.getByText('Ghi sổ', { exact: true }).elements()).toHaveLength(31);
  });

  it('one that waits for its next attempt says so, and can be tried now or stopped', async () => {
    const screen = await page({ state: 'retrying', endedAt: null, canCancel: true });
    await expect.element(screen.getByText('Vì sao lần thử gần nhất thất bại')).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Thử lại ngay…' })).toBeVisible();
    await expect.element(screen.getByRole('button', { name: 'Dừng hẳn…' })).toBeVisible();
  });

  it('what the server says of it is shown where the two differ for long, and not before', async () => {
    const differing = await page({ state: 'completed', errorCode: null, serverStatus: 'Failed' });
    await expect.element(differing.getByText(/Máy chủ việc nền báo “thất bại”/)).toBeVisible();
    await differing.unmount();
    const fresh = await page({ state: 'completed', errorCode: null, serverStatus: 'Failed', endedAt: new Date() });
    await expect.element(fresh.getByText('Xong').first()).toBeVisible();
    expect(fresh.getByText(/Máy chủ việc nền báo/).elements()).toHaveLength(0);
    await fresh.unmount();
    const paused = await page({ state: 'paused', endedAt: null, serverStatus: 'Running', errorCode: null }, false);
    await expect.element(paused.getByText(/Việc này đang tạm dừng/)).toBeVisible();
    expect(paused.getByText(/Máy chủ việc nền báo/).elements()).toHaveLength(0);
    expect(paused.getByRole('button', { name: /Chạy lại/ }).elements()).toHaveLength(0);
  });
});
