import { describe, expect, it } from 'vitest';
import { categoriesOf, TodayScreen } from '@/components/orders/today-screen';
import type { TodaysOrder } from '@/server/modules/sales/orders/schema';
import { axeProblems } from '../network';
import { onScreen } from '../on-screen';
import { refuses, serverAnswers } from '../server-answers';

const service = (code: string, category: string) => ({ code, category, nameVi: `Dịch vụ ${code}`, nameEn: code });
const order = (number: string, patientId: string, ...services: TodaysOrder['services']): TodaysOrder => ({
  ...{
    id: number,
    number,
    orderedAt: new Date('2026-11-29T02:05:00Z'),
    patientId,
    patientName: `Bệnh nhân ${patientId}`,
  },
  ...{ patientCode: `BN${patientId}`, dob: '1990-05-12', sex: 'female', note: null, services },
});
const orders = [
  order('Q3-1', '1', service('A', 'Sinh hóa'), service('B', 'imaging')),
  order('Q3-2', '1', service('A', 'Sinh hóa')),
  order('Q3-3', '2', service('C', 'Sinh hóa')),
];

it('categoriesOf counts orders, not services, the most frequent first', () => {
  const twice = order('Q3-4', '3', service('A', 'imaging'), service('B', 'imaging'));
  expect(categoriesOf([...orders, twice])).toEqual([
    ['Sinh hóa', 3],
    ['imaging', 2],
  ]);
  expect(categoriesOf([])).toEqual([]);
});

describe('where a clinician’s day begins', () => {
  it('shows who comes for what, and those alone of one category', async () => {
    serverAnswers({ 'orders.today': () => orders });
    const screen = await onScreen(<TodayScreen mostShown={300} />);
    const list = screen.getByRole('list', { name: 'Đơn hôm nay' });
    await expect.element(list.getByRole('link', { name: 'Q3-3' })).toHaveAttribute('href', '/orders/Q3-3');
    await expect.element(list.getByText('09:05').first()).toBeVisible();
    await expect.element(screen.getByText('2 bệnh nhân · 3 đơn · 4 dịch vụ')).toBeVisible();
    await screen.getByRole('button', { name: 'Chẩn đoán hình ảnh · 1' }).click();
    await expect.element(list.getByRole('link', { name: 'Q3-3' })).not.toBeInTheDocument();
    await expect.element(list.getByRole('link', { name: 'Q3-1' })).toBeVisible();
    await screen.getByRole('button', { name: 'Chẩn đoán hình ảnh · 1' }).click();
    await expect.element(list.getByRole('link', { name: 'Q3-3' })).toBeVisible();
    expect(await axeProblems()).toEqual([]);
  });

  it('says so where nobody has come yet, where more come than are shown, and where it cannot be read', async () => {
    serverAnswers({ 'orders.today': () => [] });
    const screen = await onScreen(<TodayScreen mostShown={3} />);
    await expect.element(screen.getByText('Hôm nay chưa có đơn nào')).toBeVisible();
    await screen.unmount();
    serverAnswers({ 'orders.today': () => orders });
    const full = await onScreen(<TodayScreen mostShown={3} />);
    await expect.element(full.getByRole('link', { name: 'Xem tất cả đơn hôm nay' })).toBeVisible();
    await full.unmount();
    serverAnswers({ 'orders.today': refuses('not_permitted') });
    const refused = await onScreen(<TodayScreen mostShown={3} />);
    await expect.element(refused.getByRole('alert')).toBeVisible();
  });
});
