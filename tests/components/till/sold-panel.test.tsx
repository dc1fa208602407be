import { expect, it, vi } from 'vitest';
import { SoldPanel } from '@/components/till/sold-panel';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import { onScreen } from '../on-screen';
import { expectFocus } from '../press';
import { sold } from './till-at-work';

async function panel(more: Partial<PaidOrder> = {}) {
  const acts = { onPrint: vi.fn(), onNext: vi.fn() };
  const screen = await onScreen(<SoldPanel sold={sold(more)} {...acts} />);
  const rows = () => [...document.querySelectorAll('dl > div')].map((row) => row.textContent?.replace(/\u00a0/g, ' '));
  return { screen, rows, ...acts };
}

it('says that money was taken, how much change to give and what it was rounded by; the next sale is one press away', async () => {
  const { screen, rows, onNext, onPrint } = await panel({
    netTotal: 120_300n,
    paid: 120_300n,
    rounding: 200n,
    change: 79_500n,
  });
  await expectFocus(screen.getByRole('region', { name: 'Đơn vừa thu' }));
  await expect.element(screen.getByText('Đã thu tiền')).toBeVisible();
  await expect.element(screen.getByText('79.500 đ')).toBeVisible();
  expect(rows()).toEqual(['Tổng120.300 đ', 'Làm tròn tiền mặt+200 đ', 'Đã thu120.500 đ']);
  await expect.element(screen.getByText('Tin nhắn xác nhận được gửi đến bệnh nhân.')).toBeVisible();
  await screen.getByRole('button', { name: /Đơn tiếp theo/ }).click();
  await screen.getByRole('button', { name: /In phiếu thu/ }).click();
  expect([onNext.mock.calls.length, onPrint.mock.calls.length]).toEqual([1, 1]);
});

it.each<[string, Partial<PaidOrder>, string]>([
  ['Đã ghi đơn, không có gì để thu', { netTotal: 0n, paid: 0n }, 'Tin nhắn xác nhận được gửi đến bệnh nhân.'],
  ['Đã ghi đơn, chưa thu tiền', { paid: 0n, due: 120_000n, settled: false }, 'Đơn còn thiếu tiền; chưa gửi tin nhắn.'],
  ['Đã ghi công nợ', { terms: 'account', paid: 0n }, 'Đã ghi công nợ cho đơn vị.'],
])('%s: no change is spoken of where no money was taken', async (said, more, note) => {
  const { screen, rows } = await panel(more);
  await expect.element(screen.getByText(said, { exact: true })).toBeVisible();
  await expect.element(screen.getByText(note)).toBeVisible();
  expect(screen.getByTestId('change').elements()).toHaveLength(0);
  expect(rows().some((row) => row?.startsWith('Còn thiếu'))).toBe((more.due ?? 0n) > 0n);
});
