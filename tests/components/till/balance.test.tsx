import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Till } from '@/components/till/till';
import { obstacleOfBalance } from '@/components/till/use-balance';
import type { OwedInput, OwedOrder, TakenBalance } from '@/server/modules/sales/payments/schema';
import { expectAddress, newPersonalKey, onScreen } from '../on-screen';
import { expectFocus, expectText, pressTwice } from '../press';
import { LostConnection, refuses, sentTo, serverAnswers } from '../server-answers';
import { mai, quote, services, shift, tillAtWork } from './till-at-work';

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

const orderId = '00000000-0000-7000-8000-000000000051';
const owed = (more: Partial<OwedOrder> = {}): OwedOrder => ({
  id: orderId,
  number: 'HN-261130-0007',
  orderedAt: new Date('2026-11-29T02:00:00Z'),
  branchId: orderId,
  branchNameVi: 'Hà Nội',
  branchNameEn: 'Hanoi',
  patientId: mai.id,
  patientName: mai.fullName,
  patientCode: mai.code,
  dob: mai.dob,
  currency: 'VND',
  netTotal: 120_300n,
  paid: 20_000n,
  due: 100_300n,
  payments: [{ id: 'p', method: 'cash', amount: 20_000n, paidAt: new Date('2026-11-29T02:00:00Z') }],
  ...more,
});
const taken = (more: Partial<TakenBalance> = {}): TakenBalance => ({
  orderId,
  number: 'HN-261130-0007',
  currency: 'VND',
  netTotal: 120_300n,
  paidBefore: 20_000n,
  paid: 100_300n,
  rounding: 200n,
  change: 99_500n,
  due: 0n,
  settled: true,
  replayed: false,
  ...more,
});

const answers = (more: Parameters<typeof tillAtWork>[0] = {}) => ({
  'payments.owed': (_: OwedInput): unknown => ({ orders: [owed()], notOwed: null }),
  'payments.takeBalance': () => taken(),
  ...more,
});

describe('what is owed of an order is taken by keys alone (BalanceDialog, FindOwed, TakeOwed, useBalance, TakenPanel)', () => {
  it('F7 finds it, Enter opens it, the amount and Enter take it, F10 prints, Enter goes on', async () => {
    const { screen, sent, open } = await tillAtWork(answers());
    await userEvent.keyboard('{F7}');
    const box = screen.getByRole('textbox', { name: 'Tìm đơn còn nợ' });
    await expectFocus(box);
    await box.fill('dang mai');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => sentTo(sent, 'payments.owed')).toContainEqual({ search: 'dang mai' });
    await expect.element(screen.getByRole('button', { name: /Đặng Thị Mai.*100\.300/ })).toBeVisible();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expectText(screen.getByTestId('balance-due'), '100.300');
    await expect.element(screen.getByText(/Tiền mặt · 29\/11\/2026/)).toBeVisible();
    const amount = screen.getByRole('dialog').getByRole('textbox', { name: 'Khách đưa' });
    await expectFocus(amount);
    await userEvent.keyboard('200000{Enter}');
    await expectText(screen.getByTestId('balance-change'), '99.500');
    await expect.element(screen.getByText('Đã thu đủ đơn HN-261130-0007')).toBeVisible();
    expect(sentTo(sent, 'payments.takeBalance')).toEqual([
      {
        ...{ clientKey: expect.any(String), orderId, shiftId: shift.id, part: false, expectedDue: 100_300n },
        payments: [{ method: 'cash', amount: 100_300n, tendered: 200_000n, reference: null }],
      },
    ]);
    await userEvent.keyboard('{F10}');
    expect(open).toHaveBeenCalledWith(`/orders/${orderId}/receipt?language=vi`, '_blank', 'noopener');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  });

  it('a further part is taken where it is said that the rest comes later, and what is still owed stands there', async () => {
    const part = () => taken({ paid: 50_000n, due: 50_300n, settled: false, change: 0n, rounding: 0n });
    const { screen, sent } = await tillAtWork(answers({ 'payments.takeBalance': part }));
    await userEvent.keyboard('{F7}');
    await screen.getByRole('button', { name: /Đặng Thị Mai/ }).click();
    await screen.getByRole('dialog').getByRole('textbox', { name: 'Khách đưa' }).fill('50000');
    await expect.element(screen.getByText('Khách đưa chưa đủ.')).toBeVisible();
    await screen.getByText('Khách trả phần còn thiếu sau').click();
    await userEvent.keyboard('{Tab}');
    await screen
      .getByRole('dialog')
      .getByRole('button', { name: /Thu tiền/ })
      .click();
    await expect.element(screen.getByText('Đã thu một phần đơn HN-261130-0007')).toBeVisible();
    expect(sentTo(sent, 'payments.takeBalance')).toMatchObject([{ part: true, payments: [{ amount: 50_000n }] }]);
  });

  it('is sent once however often it is pressed; a lost connection is tried again under the same key', async () => {
    let times = 0;
    const take = () => {
      times += 1;
      if (times === 1) throw new LostConnection();
      return taken();
    };
    const { screen, sent } = await tillAtWork(answers({ 'payments.takeBalance': take }));
    await userEvent.keyboard('{F7}');
    await screen.getByRole('button', { name: /Đặng Thị Mai/ }).click();
    await pressTwice(screen.getByRole('dialog').getByRole('button', { name: /Thu tiền/ }));
    await expect.element(screen.getByText('Đã thu đủ đơn HN-261130-0007')).toBeVisible();
    const keys = sentTo(sent, 'payments.takeBalance').map((one) => (one as { clientKey: string }).clientKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('a refusal is a sentence, and what is owed by now stands there', async () => {
    let due = 100_300n;
    const changed = () => {
      due = 60_300n;
      return refuses('balance_changed', { due: 60_300, expected: 100_300 })();
    };
    const { screen } = await tillAtWork(
      answers({
        'payments.owed': () => ({ orders: [owed({ due })], notOwed: null }),
        'payments.takeBalance': changed,
      }),
    );
    await userEvent.keyboard('{F7}');
    await screen.getByRole('button', { name: /Đặng Thị Mai/ }).click();
    await screen
      .getByRole('dialog')
      .getByRole('button', { name: /Thu tiền/ })
      .click();
    await expectText(screen.getByRole('alert'), 'bây giờ là 60.300');
    await expectText(screen.getByTestId('balance-due'), '60.300');
  });

  it('in English', async () => {
    const { screen } = await tillAtWork(answers(), 'en');
    await userEvent.keyboard('{F7}');
    await screen.getByRole('button', { name: /Đặng Thị Mai/ }).click();
    await expect.element(screen.getByText('Order total')).toBeVisible();
    await screen
      .getByRole('dialog')
      .getByRole('button', { name: /Take payment/ })
      .click();
    await expect.element(screen.getByText('Order HN-261130-0007 is paid in full')).toBeVisible();
  });
});

it('obstacleOfBalance: what cannot be read first, then what is too much, then what is missing', () => {
  const sums = { paid: 0n, due: 0n, change: 0n, over: 0n, cashDue: 0n, rounding: 0n };
  const standing = { tenders: [], sums, hasPayments: true, isPart: false, currency: 'VND' };
  const refused = [{ id: 'a', method: 'cash' as const, given: null, reference: '', refused: true }];
  expect(obstacleOfBalance({ ...standing, tenders: refused, sums: { ...sums, over: 1n } })).toBe('amount');
  expect(obstacleOfBalance({ ...standing, sums: { ...sums, over: 1n } })).toBe('over');
  expect(obstacleOfBalance({ ...standing, sums: { ...sums, change: 500_000n } })).toBe('change');
  expect(obstacleOfBalance({ ...standing, sums: { ...sums, due: 1n } })).toBe('due');
  expect(obstacleOfBalance({ ...standing, isPart: true, hasPayments: false })).toBe('due');
  expect(obstacleOfBalance({ ...standing, isPart: true, sums: { ...sums, due: 1n } })).toBeNull();
});

describe('it is found', () => {
  const nothing = { orders: [], notOwed: null };

  it('by a scan or by its number where services are looked for; one that owes nothing says why; others are unknown', async () => {
    const found: Record<string, unknown> = {
      'HN-261130-0007': { orders: [owed()], notOwed: null },
      'HN-261130-0008': { orders: [], notOwed: { id: orderId, number: 'HN-261130-0008', state: 'paid', own: false } },
    };
    const ask = ({ code, orderId: id }: OwedInput) =>
      id ? { orders: [owed()], notOwed: null } : (found[code ?? ''] ?? nothing);
    const { screen, add, lines } = await tillAtWork(answers({ 'payments.owed': ask }));
    await add('HN-261130-0008');
    await expect.element(screen.getByText('Đơn HN-261130-0008 đã thu đủ.')).toBeVisible();
    await add('XYZ');
    await expect.element(screen.getByText('Không có dịch vụ nào mang mã XYZ. Đơn chưa thay đổi.')).toBeVisible();
    await add('HN-261130-0007');
    await expectText(screen.getByTestId('balance-due'), '100.300');
    expect(lines()).toEqual([]);
  });

  it('at its patient, who is being sold to: what is owed stands there, and F7 opens it', async () => {
    const { screen, sent, patient } = await tillAtWork(answers());
    await patient();
    await expect.element(screen.getByRole('button', { name: /Còn nợ 100\.300.*1 đơn/ })).toBeVisible();
    await userEvent.keyboard('{F7}');
    await expect.element(screen.getByRole('dialog').getByRole('button', { name: /HN-261130-0007/ })).toBeVisible();
    expect(sentTo(sent, 'payments.owed')).toContainEqual({ patientId: mai.id });
  });

  it('by the address that an order’s page, a patient’s page and Ctrl K lead to; nothing owed any more says so', async () => {
    serverAnswers({ 'till.sellable': () => services, 'till.quote': quote, 'payments.owed': () => nothing });
    const screen = await onScreen(<Till shift={shift} />, {
      personalKey: newPersonalKey(),
      address: `/pos?balance=${orderId}`,
    });
    await expect.element(screen.getByText('Không có đơn nào còn nợ')).toBeVisible();
    await expectAddress('/pos');
  });
});
