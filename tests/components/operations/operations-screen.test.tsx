import { describe, expect, it } from 'vitest';
import { OperationsScreen } from '@/components/operations/operations-screen';
import { useDrain, useDuration } from '@/components/operations/use-duration';
import { isQuiet, useFunctionColumns } from '@/components/operations/use-function-columns';
import { useCauseSentence, useFunctionName, useStepName } from '@/components/operations/use-names';
import type { FunctionRow, Overview } from '@/server/modules/core/operations/schema';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { expectText } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';
import { functionRow, overview } from './sample-runs';

const since = new Date('2026-11-29T01:00:00Z');
const healthy = { ok: true, at: since, hours: 24, findings: [], unchecked: [] };

const screenOf = (found: Partial<Overview> = {}, { mayAct = true, answers = {}, address = '/operations' } = {}) => {
  const sent = serverAnswers({
    'operations.overview': () => overview(found),
    'operations.pace': () => [],
    'operations.previewReplay': () => new Promise(() => {}),
    'integrity.diagnosis': () => healthy,
    'messages.gateways': () => ({ missing: [] }),
    'gate.lockouts': () => ({ lockouts: [], mayUnlock: false }),
    ...answers,
  });
  return onScreen(<OperationsScreen mayAct={mayAct} showsMessages={false} />, { address }).then((screen) => ({
    screen,
    sent,
  }));
};

describe('names in people’s words', () => {
  it('useFunctionName, useStepName: what nobody has named keeps its own name', async () => {
    const names = await hookOnScreen(() => ({
      nameOf: useFunctionName(),
      stepOf: useStepName(),
      causeOf: useCauseSentence(),
    }));
    const { nameOf, stepOf, causeOf } = names.result.current;
    expect([nameOf('order'), nameOf('brand-new')]).toEqual(['Số mẫu và chỉ định xét nghiệm', 'brand-new']);
    expect([stepOf('lis'), stepOf('rows-1001-2000'), stepOf('other')]).toEqual([
      'Báo phòng xét nghiệm',
      'Dòng 1.001 đến 2.000',
      'other',
    ]);
    expect(causeOf('sms_refused')).toBe('Cổng SMS từ chối số điện thoại.');
    expect(causeOf('storage_full')).toContain('Kho tệp đã hết chỗ');
    // A sentence that needs a figure which no run keeps would stand there with a hole in it.
    expect(causeOf('total_changed')).toBe('Việc dừng vì lỗi total_changed.');
    expect(causeOf('TypeError')).toBe('Việc dừng vì lỗi TypeError.');
  });

  it('useCauseSentence: in English as well', async () => {
    const { result } = await hookOnScreen(useCauseSentence, { locale: 'en' });
    expect(result.current('sms_refused')).not.toBe('Cổng SMS từ chối số điện thoại.');
    expect(result.current('TypeError')).toContain('TypeError');
  });
});

describe('times in people’s words (useDuration, useDrain)', () => {
  it('a time is said in its two largest units, in both languages', async () => {
    const vi_ = await hookOnScreen(useDuration);
    expect([340, 12_000, 7_500_000].map(vi_.result.current)).toEqual(['340 ms', '12 s', '2 giờ 5 phút']);
    const en = await hookOnScreen(useDuration, { locale: 'en' });
    expect(en.result.current(1_500)).toBe('1.5 s');
    expect(vi_.result.current(1_500)).toBe('1,5 s');
  });

  it('a queue is empty, will be, or does not move', async () => {
    const { result } = await hookOnScreen(() => ({ long: useDrain(), short: useDrain({ short: true }) }));
    const { long, short } = result.current;
    expect(long({ waiting: 0, drainSeconds: null })).toBe('trống');
    expect(long({ waiting: 5, drainSeconds: null })).toBe('không chuyển động');
    expect(long({ waiting: 5, drainSeconds: 20 })).toBe('xong trong vòng một phút');
    expect(long({ waiting: 5, drainSeconds: 300 })).toBe('xong sau khoảng 5 phút');
    expect(short({ waiting: 0, drainSeconds: null })).toBe('—');
    expect(short({ waiting: 5, drainSeconds: 300 })).toBe('khoảng 5 phút');
  });
});

describe('a function’s state (useFunctionColumns, isQuiet)', () => {
  const paused = { since, by: 'An', reason: 'bảo trì' };
  it.each<[string, Partial<FunctionRow>, boolean]>([
    ['Tạm dừng', { paused, running: 1, retrying: 2 }, false],
    ['Tạm dừng · 4', { paused, pausedRuns: 4 }, false],
    ['Đang thử lại · 2', { retrying: 2, running: 1 }, false],
    ['Đang làm', { running: 1, queued: 9 }, false],
    ['Đang chờ', { queued: 9 }, false],
    ['Rảnh', { queued: 0 }, true],
    ['Không chạy', { queued: null }, true],
    ['Rảnh', { queued: 0, failed: 1 }, false],
  ])('%s: %j', async (said, more, quiet) => {
    const row = functionRow(more);
    const { result } = await hookOnScreen(() => useFunctionColumns(since.getTime() + 90_000));
    const cell = (id: string) => result.current.find((column) => column.id === id)?.cell(row);
    const screen = await onScreen(<p data-testid="state">{cell('state')}</p>);
    await expectText(screen.getByTestId('state'), said);
    expect(isQuiet(row)).toBe(quiet);
  });

  it('what the server does not report is marked so and not counted as nothing', async () => {
    const { result } = await hookOnScreen(() => useFunctionColumns(since.getTime() + 90_000));
    const cells = (row: FunctionRow) => (
      <p data-testid="cells">
        {['queued', 'oldest', 'drain', 'failed'].map((id) => (
          <span key={id}>[{result.current.find((column) => column.id === id)?.cell(row)}]</span>
        ))}
      </p>
    );
    const unknown = await onScreen(cells(functionRow({ queued: null })));
    await expectText(unknown.getByTestId('cells'), '[không rõ][không rõ][không rõ][0]');
    await unknown.unmount();
    const known = await onScreen(
      cells(functionRow({ queued: 8, oldestQueuedAt: since, drainSeconds: 120, failed: 3 })),
    );
    await expectText(known.getByTestId('cells'), '[8][1 phút 30 s][khoảng 2 phút][3]');
    await expect
      .element(known.getByRole('link', { name: 'Xem 3 lượt thất bại' }))
      .toHaveAttribute('href', '/operations/runs?state=failed&function=pos-order');
  });
});

const failure = (functionId: string, patients: number, runs: number) => ({
  functionId,
  errorCode: 'sms_unavailable',
  runs,
  patients,
  money: patients > 0 ? 450_000n : null,
  tiers: ['vip1' as const],
  since,
  latest: since,
});

describe('the lanes (LaneTiles)', () => {
  it('each shows its last hour minute by minute, and says it in figures', async () => {
    const minutes = Array.from({ length: 60 }, (_, at) => (at === 59 ? 40 : at === 30 ? 10 : 0));
    const { screen } = await screenOf(
      { lanes: [{ tier: 'svip1', waiting: 0, rowsLeft: 0, rowsLastHour: 50, drainSeconds: null }] },
      { answers: { 'operations.pace': () => [{ tier: 'svip1', rows: minutes }] } },
    );
    const figures = screen.getByRole('table', { name: 'SVIP 1: số dòng mỗi phút trong 60 phút qua' });
    const rows = () => [...figures.element().querySelectorAll('tbody tr')].map((row) => row.textContent);
    await expect.poll(rows).toHaveLength(60);
    expect(rows().at(-1)).toMatch(/^\d\d:\d\d40 dòng$/);
    expect(rows()[30]).toContain('10 dòng');
    expect(rows()[0]).toContain('0 dòng');
  });

  it('nothing moves when the hour comes: its place is kept', async () => {
    let answer: (rows: unknown) => void = () => {};
    const coming = new Promise((resolve) => {
      answer = resolve;
    });
    const { screen } = await screenOf(
      { lanes: [{ tier: 'svip1', waiting: 0, rowsLeft: 0, rowsLastHour: 50, drainSeconds: null }] },
      { answers: { 'operations.pace': () => coming } },
    );
    const tile = screen.getByText('SVIP 1', { exact: true }).first();
    await expect.element(tile).toBeVisible();
    const height = () => tile.element().parentElement?.getBoundingClientRect().height;
    const before = height();
    answer([{ tier: 'svip1', rows: Array.from({ length: 60 }, () => 1) }]);
    await expect.element(screen.getByRole('table', { name: /^SVIP 1/ })).toBeInTheDocument();
    expect(height()).toBe(before);
  });
});

describe('the functions (FunctionTable)', () => {
  it('those with nothing to do are folded at every width, and one press shows them', async () => {
    const functions = [
      functionRow({ functionId: 'order', running: 1 }),
      functionRow({ functionId: 'pos-order', queued: 0 }),
    ];
    const { screen } = await screenOf({ functions });
    const table = screen.getByRole('table', { name: 'Việc chạy nền' });
    await expect.element(table.getByText('Số mẫu và chỉ định xét nghiệm')).toBeVisible();
    await expect.element(screen.getByText('1 việc đang rảnh')).toBeVisible();
    expect(table.getByRole('row').elements()).toHaveLength(2);
    await screen.getByRole('button', { name: 'Xem tất cả' }).click();
    expect(table.getByRole('row').elements()).toHaveLength(3);
  });
});

describe('what has impact', () => {
  it('the widest first; each leads to its runs, and asks before it repeats them', async () => {
    const failures = [failure('order', 0, 9), failure('notifications', 4, 1), failure('pos-order', 4, 2)];
    const { screen } = await screenOf({ failures });
    const heads = () =>
      screen
        .getByRole('heading', { level: 3 })
        .elements()
        .map((one) => one.textContent);
    await expect
      .poll(heads)
      .toEqual(['Ghi sổ và báo tin sau khi bán', 'Thông báo cho bệnh nhân, bác sĩ', 'Số mẫu và chỉ định xét nghiệm']);
    await expect.element(screen.getByText('4 bệnh nhân').first()).toBeVisible();
    expect(screen.getByText('0 bệnh nhân').elements()).toHaveLength(0);
    await screen.getByRole('button', { name: 'Chạy lại…' }).first().click();
    await expect.element(screen.getByRole('alertdialog', { name: /Chạy lại phần thất bại: Ghi sổ/ })).toBeVisible();
  });

  it('that there is none is only said where the machinery is known to work', async () => {
    const { screen } = await screenOf();
    await expect.element(screen.getByText('Không có gì đang kẹt')).toBeVisible();
    await expect.element(screen.getByText('Bộ chuyển sự kiện đang hoạt động')).toBeVisible();
    await screen.unmount();
    const silent = await screenOf({ relaySeenAt: new Date(Date.now() - 25_000) });
    await expect.element(silent.screen.getByText('Bộ chuyển sự kiện im lặng').first()).toBeVisible();
    expect(silent.screen.getByText('Không có gì đang kẹt').elements()).toHaveLength(0);
    await silent.screen.unmount();
    const away = await screenOf({ server: { reachable: false, quarantined: null, apps: null } });
    await expect.element(away.screen.getByText(/Mọi thao tác vẫn được lưu như thường/)).toBeVisible();
    expect(away.screen.getByText('Không có gì đang kẹt').elements()).toHaveLength(0);
  });

  it('a pause stands there until it is over, with who and why; who may only look sees no button', async () => {
    const functions = [functionRow({ paused: { since, by: 'An', reason: 'bảo trì' }, pausedRuns: 3 })];
    const { screen } = await screenOf({ functions });
    await expect.element(screen.getByText(/An tạm dừng: “bảo trì”. 3 lượt đang chờ/)).toBeVisible();
    await screen.getByRole('button', { name: 'Chạy tiếp “Ghi sổ và báo tin sau khi bán”…' }).first().click();
    await expect.element(screen.getByRole('alertdialog', { name: /Chạy tiếp/ })).toBeVisible();
    await screen.unmount();
    const looking = await screenOf({ functions }, { mayAct: false });
    await expect.element(looking.screen.getByText(/An tạm dừng/)).toBeVisible();
    expect(looking.screen.getByRole('button', { name: /Chạy tiếp/ }).elements()).toHaveLength(0);
  });

  it('what the server could not route is listed, the first three of it', async () => {
    const quarantined = [1, 2, 3, 4, 5].map((at) => ({ eventId: `e${at}`, name: `n${at}`, problem: `vì ${at}` }));
    const apps = [
      { url: 'http://a', problem: 'HTTP 500', syncedAt: null },
      { url: 'http://b', problem: null, syncedAt: since },
    ];
    const { screen } = await screenOf({ server: { reachable: true, quarantined, apps }, unreadProxy: true });
    await expect.element(screen.getByText('Máy chủ việc nền gác lại 5 sự kiện')).toBeVisible();
    await expect.element(screen.getByText('và 2 sự kiện nữa')).toBeVisible();
    expect(screen.getByText(/vì 4/).elements()).toHaveLength(0);
    await expect.element(screen.getByText(/Chưa lần nào đọc được http:\/\/a/)).toBeVisible();
    expect(screen.getByText(/http:\/\/b/).elements()).toHaveLength(0);
    await expect.element(screen.getByText(/Hãy đặt TRUST_PROXY/)).toBeVisible();
  });

  it('what must hold and does not is said with how much of it, and what could not be looked at', async () => {
    const findings = [{ invariant: 'sums-differ', count: 3, more: true, since, examples: [] }];
    const broken = { ...healthy, ok: false, findings, unchecked: ['numbers-twice'] };
    const { screen } = await screenOf({}, { answers: { 'integrity.diagnosis': () => broken } });
    await expect.element(screen.getByText('Có 2 điều không đúng')).toBeVisible();
    await expect.element(screen.getByText('3 và hơn nữa')).toBeVisible();
    await expect.element(screen.getByText('Chưa kịp kiểm tra: Số được cấp hai lần.')).toBeVisible();
  });
});

it('lanes say what waits, how fast it went and when they are empty; the functions’ sum says what is not reported', async () => {
  const lanes = [
    { tier: 'vip1' as const, waiting: 2, rowsLeft: 500, rowsLastHour: 900, drainSeconds: 300 },
    { tier: 'standard' as const, waiting: 0, rowsLeft: 0, rowsLastHour: 0, drainSeconds: null },
  ];
  const { screen } = await screenOf({ lanes, functions: [functionRow({ queued: null, running: 2, retrying: 1 })] });
  await expect.element(screen.getByText('2 tệp đang chạy, xong sau khoảng 5 phút')).toBeVisible();
  await expect.element(screen.getByText('không có tệp đang chạy')).toBeVisible();
  await expect.element(screen.getByText(/3 đang chạy · không rõ hàng đợi/)).toBeVisible();
});

it('figures that cannot be read say why and are asked for again', async () => {
  const { screen, sent } = await screenOf(
    {},
    { answers: { 'operations.overview': refuses('not_permitted', {}, 403) } },
  );
  await expectText(screen.getByRole('alert'), 'Vai trò của bạn không được phép làm việc này.');
  await screen.getByRole('button', { name: 'Thử lại' }).click();
  await expect.poll(() => sentTo(sent, 'operations.overview').length).toBeGreaterThan(1);
});

it('a function is paused from its row', async () => {
  const { screen } = await screenOf();
  await screen.getByRole('button', { name: 'Xem tất cả' }).click();
  await screen.getByRole('button', { name: 'Tạm dừng “Ghi sổ và báo tin sau khi bán”…' }).click();
  await expect.element(screen.getByRole('alertdialog', { name: /^Tạm dừng/ })).toBeVisible();
  await expectAddress('/operations');
});
