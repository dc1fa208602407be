import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { CloseShiftDialog } from '@/components/till/close-shift-dialog';
import { onScreen } from '../on-screen';
import { Refusal, serverAnswers } from '../server-answers';

const shift = {
  id: '00000000-0000-7000-8000-000000000001',
  tillCode: 'Q1',
  tillName: 'Quầy 1',
  openedAt: new Date('2026-11-29T01:00:00Z'),
  currency: 'VND',
  floatAmount: 500_000n,
  orders: 3,
  expectedCash: null,
};

const AGREE = 'Ba tổng theo đơn, theo khoản thu và theo sổ ngăn kéo khớp nhau.';

const dialog = (onClosed = vi.fn()) =>
  onScreen(<CloseShiftDialog open shift={shift} held={0} onClose={() => {}} onClosed={onClosed} />);

it('counts pieces of notes, shows their sum, and only after closing what the drawer should have held', async () => {
  const outcome = { countedCash: 1_200_000n, expectedCash: 1_250_000n, gap: -50_000n, sumsAgree: true };
  const sent = serverAnswers({ 'till.close': () => outcome });
  const screen = await dialog();
  await userEvent.fill(screen.getByRole('textbox').nth(0), '2');
  await userEvent.fill(screen.getByRole('textbox').nth(1), '1');
  await expect.element(screen.getByText('1.200.000 đ')).toBeVisible();
  expect(screen.getByText('1.250.000').elements()).toHaveLength(0);
  await screen.getByRole('button', { name: 'Đóng ca', exact: true }).click();
  await expect.element(screen.getByText('1.250.000 đ')).toBeVisible();
  expect(screen.getByText(/-50\.000|−50\.000/).elements().length).toBeGreaterThan(0);
  expect(sent).toEqual([
    { procedure: 'till.close', input: { shiftId: shift.id, denominations: { 500000: 2, 200000: 1 } } },
  ]);
});

it('on a phone the pieces that were counted can be read', async () => {
  await page.viewport(390, 844);
  const screen = await dialog();
  await expect.element(screen.getByRole('textbox').first()).toBeVisible();
  expect(screen.getByRole('textbox').first().element().clientWidth).toBeGreaterThan(56);
  await page.viewport(1280, 900);
});

it('a shortage is in the tone of what is wrong, louder than that the sums agree', async () => {
  serverAnswers({ 'till.close': () => ({ countedCash: 0n, expectedCash: 50_000n, gap: -50_000n, sumsAgree: true }) });
  const screen = await dialog();
  await userEvent.fill(screen.getByRole('textbox').nth(0), '0');
  await screen.getByRole('button', { name: 'Đóng ca', exact: true }).click();
  await expect.element(screen.getByText('Thiếu tiền')).toBeVisible();
  await expect.element(screen.getByRole('img', { name: 'Có lỗi' })).toBeVisible();
  const look = (text: string) => getComputedStyle(screen.getByText(text).element());
  expect(Number(look('Thiếu tiền').fontWeight)).toBeGreaterThan(Number(look(AGREE).fontWeight));
  expect(look('−50.000 đ').color).not.toBe(look('Thiếu tiền').color);
});

it('says why a shift cannot be closed, and keeps the count', async () => {
  serverAnswers({
    'till.close': () => {
      throw new Refusal('no_open_shift');
    },
  });
  const screen = await dialog();
  await userEvent.fill(screen.getByRole('textbox').nth(0), '2');
  await screen.getByRole('button', { name: 'Đóng ca', exact: true }).click();
  await expect.element(screen.getByRole('alert')).toBeVisible();
  await expect.element(screen.getByText('1.000.000 đ')).toBeVisible();
});
