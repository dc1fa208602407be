import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { OpenShift } from '@/components/till/open-shift';
import { PriceReason } from '@/components/till/price-reason';
import { ShiftPanel } from '@/components/till/shift-panel';
import { ShiftsScreen } from '@/components/till/shifts-screen';
import { TillScreen } from '@/components/till/till-screen';
import { expectAddress, onScreen } from '../on-screen';
import { expectFocus, expectText, pressTwice } from '../press';
import { refuses, sentTo, serverAnswers } from '../server-answers';
import { shift } from './till-at-work';

const tills = [
  { id: '00000000-0000-7000-8000-000000000011', code: 'Q1', name: 'Quầy 1', inUseBy: 'Lê An' },
  { id: '00000000-0000-7000-8000-000000000012', code: 'Q2', name: 'Quầy 2', inUseBy: null },
];

describe('opening a shift', () => {
  it('proposes a till that is free, counts from nothing, and goes on to the till', async () => {
    let open = false;
    const sent = serverAnswers({
      'till.tills': () => tills,
      'till.current': () => (open ? shift : null),
      'till.open': () => {
        open = true;
        return { id: shift.id };
      },
      'till.sellable': () => [],
    });
    const screen = await onScreen(<TillScreen />);
    const button = screen.getByRole('button', { name: 'Mở ca', exact: true });
    await expect.element(button).toBeVisible();
    await pressTwice(button);
    await expect.element(screen.getByRole('combobox', { name: 'Tìm dịch vụ' })).toBeVisible();
    expect(sentTo(sent, 'till.open')).toEqual([{ tillId: tills[1]?.id, floatAmount: 0n }]);
  });

  it('a till where somebody works cannot be chosen, and says who', async () => {
    serverAnswers({ 'till.tills': () => tills });
    const screen = await onScreen(<OpenShift />);
    await screen.getByRole('button', { name: /Quầy/ }).click();
    const taken = screen.getByRole('option', { name: /Q1/ });
    await expectText(taken, 'Lê An đang mở ca');
    await expect.element(taken).toHaveAttribute('aria-disabled', 'true');
  });

  it('a refusal is a sentence, what was counted stays, and who works where is asked again', async () => {
    const sent = serverAnswers({ 'till.tills': () => tills, 'till.open': refuses('till_in_use') });
    const screen = await onScreen(<OpenShift />);
    const box = screen.getByRole('textbox', { name: 'Tiền đầu ca' });
    await box.fill('500k');
    await userEvent.keyboard('{Enter}');
    await expectText(screen.getByRole('alert'), 'Quầy này đang có ca mở. Hãy chọn quầy khác.');
    await expect.element(box).toHaveValue('500.000');
    await expectFocus(screen.getByRole('button', { name: /^Q2.*Quầy/ }));
    expect(sentTo(sent, 'till.open')).toEqual([{ tillId: tills[1]?.id, floatAmount: 500_000n }]);
    await expect.poll(() => sentTo(sent, 'till.tills')).toHaveLength(2);
  });

  it('an amount that cannot be read is not counted as none', async () => {
    const sent = serverAnswers({ 'till.tills': () => tills });
    const screen = await onScreen(<OpenShift />);
    const box = screen.getByRole('textbox', { name: 'Tiền đầu ca' });
    await box.fill('1.5');
    await screen.getByRole('button', { name: 'Mở ca' }).click();
    await expectText(screen.getByRole('alert'), 'Tiền đầu ca chưa đọc được');
    await expectFocus(box);
    expect(sentTo(sent, 'till.open')).toHaveLength(0);
  });

  it('a branch without a till says who has to make one', async () => {
    serverAnswers({ 'till.tills': () => [] });
    const screen = await onScreen(<OpenShift />);
    await expect.element(screen.getByText('Chi nhánh chưa có quầy nào')).toBeVisible();
  });
});

const report = {
  ...shift,
  state: 'closed' as const,
  branchCode: 'HCM',
  cashierName: 'Lê An',
  cashierAway: false,
  closedAt: new Date('2026-11-29T10:00:00Z'),
  acceptedAt: null,
  acceptedByName: null,
  countedCash: 1_200_000n,
  expectedCash: 1_250_000n,
  methods: [{ method: 'cash' as const, payments: 2, amount: 750_000n }],
  rounding: 200n,
  sums: { ordered: 750_000n, paid: 750_000n, ledger: 750_000n },
  refunds: [] as object[],
  gaps: [] as object[],
};

const panel = (mayAccept = true) => onScreen(<ShiftPanel id={shift.id} mayAccept={mayAccept} onClose={() => {}} />);

describe('a shift’s report', () => {
  it('whose cashier has left is counted and closed by the branch manager', async () => {
    const open = { ...report, state: 'open' as const, cashierAway: true, closedAt: null, countedCash: null };
    const outcome = { countedCash: 500_000n, expectedCash: 500_000n, gap: 0n, sumsAgree: true };
    const sent = serverAnswers({ 'till.shift': () => open, 'till.close': () => outcome });
    const screen = await panel();
    await expect.element(screen.getByText('Thu ngân không còn đóng được ca này')).toBeVisible();
    await screen.getByRole('button', { name: 'Đếm tiền và đóng ca' }).click();
    await screen.getByRole('textbox').nth(0).fill('1');
    await screen.getByRole('button', { name: 'Đóng ca', exact: true }).click();
    await expect.element(screen.getByText('Ca đã đóng')).toBeVisible();
    expect(sentTo(sent, 'till.close')).toEqual([{ shiftId: shift.id, denominations: { 500000: 1 } }]);
  });

  it('is accepted once, after saying what that means', async () => {
    const sent = serverAnswers({ 'till.shift': () => report, 'till.accept': () => ({}) });
    const screen = await panel();
    await screen.getByRole('button', { name: 'Xác nhận ca' }).click();
    const dialog = screen.getByRole('alertdialog', { name: 'Xác nhận ca này?' });
    await expectText(dialog, 'Việc xác nhận không rút lại được.');
    expect(sentTo(sent, 'till.accept')).toHaveLength(0);
    await pressTwice(dialog.getByRole('button', { name: 'Xác nhận ca' }));
    await expect.element(dialog).not.toBeInTheDocument();
    expect(sentTo(sent, 'till.accept')).toEqual([{ shiftId: shift.id }]);
  });

  it('says why it is not accepted', async () => {
    serverAnswers({ 'till.shift': () => report, 'till.accept': refuses('accept_own_shift') });
    const screen = await panel();
    await screen.getByRole('button', { name: 'Xác nhận ca' }).click();
    await screen.getByRole('alertdialog').getByRole('button', { name: 'Xác nhận ca' }).click();
    await expectText(screen.getByRole('alert'), 'Không ai tự xác nhận ca của mình.');
  });

  it('a drawer that holds too little is wrong, whatever the three sums say; too much is as well', async () => {
    const short = { ...report };
    serverAnswers({ 'till.shift': () => short });
    const screen = await panel(false);
    await expect.element(screen.getByText('Ngăn kéo thiếu tiền')).toBeVisible();
    await expect.element(screen.getByText(/^Ba tổng khớp nhau/)).toBeVisible();
    await expect.element(screen.getByText('−50.000 đ').first()).toBeVisible();
    await expect.element(screen.getByText('+200 đ')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Xác nhận ca' }).elements()).toHaveLength(0);
    await screen.unmount();
    serverAnswers({ 'till.shift': () => ({ ...report, countedCash: 1_300_000n }) });
    await expect.element((await panel()).getByText('Ngăn kéo thừa tiền')).toBeVisible();
  });

  it('orders on which the sums differ are named, and lead there', async () => {
    const gaps = [
      { orderId: 'o1', number: 'HCM-7', ordered: 5n, paid: 4n, ledger: 3n },
      { orderId: null, number: null, ordered: 0n, paid: 0n, ledger: 9n },
    ];
    serverAnswers({ 'till.shift': () => ({ ...report, countedCash: report.expectedCash, gaps }) });
    const screen = await panel();
    await expect.element(screen.getByText('2 đơn không khớp')).toBeVisible();
    await expect.element(screen.getByRole('link', { name: 'HCM-7' })).toHaveAttribute('href', '/orders/o1');
    await expect.element(screen.getByText(/Không thuộc đơn nào/)).toBeVisible();
    expect(screen.getByText(/Ngăn kéo thiếu tiền/).elements()).toHaveLength(0);
  });

  it('of an open shift no sum is shown, so that the count stays blind', async () => {
    const open = { ...report, state: 'open' as const, closedAt: null, countedCash: null, expectedCash: null };
    serverAnswers({ 'till.shift': () => open });
    const screen = await panel();
    await expect.element(screen.getByText(/Đã có 3 đơn/)).toBeVisible();
    expect(screen.getByText(/750\.000/).elements()).toHaveLength(0);
    expect(screen.getByRole('button', { name: 'Xác nhận ca' }).elements()).toHaveLength(0);
  });
});

it('the list of shifts hides what is taken while a shift is open, signs the gap, and opens one beside it', async () => {
  const row = { ...report, day: '2026-11-29', taken: 750_000n };
  const open = { ...row, id: 'x', state: 'open', closedAt: null, countedCash: null, expectedCash: null, taken: 999n };
  serverAnswers({
    'till.shifts': () => ({ rows: [row, open], nextCursor: null, days: [] }),
    'till.shift': () => report,
    'till.day': () => day(),
    'savedViews.list': () => [],
  });
  const screen = await onScreen(<ShiftsScreen mayAccept={false} />, { address: '/pos/shifts' });
  // A shortage is said in a word, in a tone of its own.
  await expect.element(screen.getByRole('gridcell', { name: 'Thiếu tiền −50.000' })).toBeVisible();
  await expect.element(screen.getByRole('gridcell', { name: '750.000' })).toBeVisible();
  expect(screen.getByText('999').elements()).toHaveLength(0);
  await screen.getByRole('gridcell', { name: 'Lê An' }).first().click();
  await expectAddress(`/pos/shifts?open=${shift.id}`);
  await expect.element(screen.getByRole('heading', { name: 'Q1 · Lê An' })).toBeVisible();
});

it('shifts stand under their day with its sums, in the order of time alone; a search asks the server', async () => {
  const of = (id: string, day: string) => ({ ...report, id, day, taken: 750_000n });
  const sums = { shifts: 3, open: 1, taken: 2_250_000n, gap: -50_000n, currency: 'VND' };
  const rows = [of('a', '2026-11-29'), of('b', '2026-11-29'), of('c', '2026-11-28')];
  const sent = serverAnswers({
    'till.shifts': () => ({ rows, nextCursor: null, days: [{ day: '2026-11-29', ...sums }] }),
    'till.day': () => day(),
    'savedViews.list': () => [],
  });
  const screen = await onScreen(<ShiftsScreen mayAccept={false} />, { address: '/pos/shifts' });
  const heads = screen.getByRole('rowheader');
  await expect.poll(() => heads.elements()).toHaveLength(2);
  await expectText(heads.first(), /29\/11\/2026.*3 ca, 1 đang mở.*Đã thu 2\.250\.000 đ.*−50\.000/);
  await expectText(heads.last(), /28\/11\/2026/);
  await screen.getByRole('searchbox', { name: 'Tìm ca' }).fill('trang q1');
  await expect.poll(() => sentTo(sent, 'till.shifts').at(-1)).toMatchObject({ search: 'trang q1' });
  await screen.getByRole('columnheader', { name: 'Quầy' }).getByRole('button').click();
  await expect.poll(() => heads.elements()).toHaveLength(0);
});

it('of a day whose shifts are all open no sum is said, for none was counted yet', async () => {
  const open = { ...report, state: 'open', day: '2026-11-29', closedAt: null, countedCash: null, expectedCash: null };
  const sums = { shifts: 1, open: 1, taken: 0n, gap: null, currency: 'VND' };
  serverAnswers({
    'till.shifts': () => ({ rows: [open], nextCursor: null, days: [{ day: '2026-11-29', ...sums }] }),
    'till.day': () => day({ shifts: 1, taken: 0n }),
    'savedViews.list': () => [],
  });
  const screen = await onScreen(<ShiftsScreen mayAccept={false} />, { address: '/pos/shifts' });
  await expect.element(screen.getByText(/Hôm nay 29\/11\/2026 · 1 ca, 1 đang mở$/)).toBeVisible();
  await expectText(screen.getByRole('rowheader'), /29\/11\/2026.*1 ca, 1 đang mở$/);
});

const day = (more: object = {}) => ({
  ...{ day: '2026-11-29', shifts: 2, open: 1, taken: 750_000n, currency: 'VND', waiting: [], waitingCount: 0 },
  ...more,
});

it('beside the title stands what waits for the reader, the longest wait with its difference a press away; where nothing does, today', async () => {
  const close = (at: number, gap: bigint) => ({
    id: `w${at}`,
    tillCode: `Q${at}`,
    cashierName: 'An',
    currency: 'VND',
    gap,
  });
  const today = vi.fn(() => day({ waiting: [close(1, -50_000n), close(2, 0n)], waitingCount: 3 }));
  serverAnswers({
    'till.shifts': () => ({ rows: [], nextCursor: null, days: [] }),
    'till.shift': () => report,
    'till.day': today,
    'savedViews.list': () => [],
  });
  const screen = await onScreen(<ShiftsScreen mayAccept />, { address: '/pos/shifts' });
  const waits = screen.getByRole('region', { name: 'Chờ bạn xác nhận' });
  await waits.getByRole('button', { name: 'và 2 ca nữa' }).click();
  await expectAddress('/pos/shifts?state=closed');
  await waits.getByRole('button', { name: 'Q1 · An Thiếu tiền −50.000' }).click();
  await expectAddress('/pos/shifts?state=closed&open=w1');
  await screen.unmount();
  today.mockImplementation(() => day());
  const calm = await onScreen(<ShiftsScreen mayAccept />, { address: '/pos/shifts' });
  await expect.element(calm.getByText(/Hôm nay 29\/11\/2026 · 2 ca, 1 đang mở · đã thu 750\.000/)).toBeVisible();
});

it('a price says which card, for whom and until when', async () => {
  const reason = { rateCard: 'AB', scope: 'customer' as const, validFrom: '2026-01-01', validTo: '2026-07-01' };
  const screen = await onScreen(<PriceReason reason={reason} />);
  await expect
    .element(screen.getByText('AB · giá riêng của khách hàng · hiệu lực từ 01/01/2026 đến 30/06/2026'))
    .toBeVisible();
  await screen.rerender(<PriceReason reason={{ ...reason, validTo: null }} />);
  await expect.element(screen.getByText(/hiệu lực từ 01\/01\/2026$/)).toBeVisible();
});
