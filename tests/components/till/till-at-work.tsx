import { expect, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Till } from '@/components/till/till';
import type { PaidOrder } from '@/server/modules/sales/orders/schema';
import type { PatientRow } from '@/server/modules/sales/patients/schema';
import type { QuoteInput, Sellable } from '@/server/modules/sales/till/schema';
import { newPersonalKey, onScreen } from '../on-screen';
import { serverAnswers } from '../server-answers';

const id = (at: number) => `00000000-0000-7000-8000-0000000000${String(at).padStart(2, '0')}`;

export const shift = {
  id: id(1),
  tillCode: 'Q1',
  tillName: 'Quầy 1',
  openedAt: new Date('2026-11-29T01:00:00Z'),
  currency: 'VND',
  floatAmount: 500_000n,
  orders: 3,
  expectedCash: null,
};

export const mai: PatientRow = {
  id: id(2),
  code: 'BN1',
  fullName: 'Đặng Thị Mai',
  dob: '1990-11-05',
  sex: 'female',
  phone: '+84912345678',
  createdAt: new Date('2026-01-01'),
};

const reason = { rateCard: 'CHUNG', scope: 'all' as const, validFrom: '2026-01-01', validTo: null };

export const service = (
  code: string,
  nameVi: string,
  price: bigint | null,
  more: Partial<Sellable> = {},
): Sellable => ({
  code,
  nameVi,
  nameEn: `English ${code}`,
  kind: 'test',
  category: 'hematology',
  sex: 'any',
  minAge: null,
  maxAge: null,
  price,
  currency: 'VND',
  reason,
  components: [],
  ...more,
});

export const services = [
  service('CBC', 'Công thức máu', 120_000n),
  service('GLU', 'Đường huyết', 50_000n),
  service('GLU2', 'Đường huyết sau ăn', 60_300n),
  service('PSA', 'Kháng nguyên tuyến tiền liệt', 300_000n, { sex: 'male' }),
  service('OLD', 'Chưa có giá', null),
];

/** The server's quote: the prices of the catalogue. */
export const quote = ({ services: asked }: QuoteInput) =>
  asked.map(({ code, discountPercent }) => {
    const listPrice = services.find((one) => one.code === code)?.price ?? null;
    const problem = listPrice === null ? 'no_price' : null;
    const rest = { currency: 'VND', discount: 0n, net: listPrice, reason, includedIn: null };
    return { code, discountPercent, listPrice, problem, ...rest };
  });

export const sold = (more: Partial<PaidOrder> = {}): PaidOrder => ({
  orderId: id(9),
  number: 'HCM-000123',
  orderedAt: new Date(),
  currency: 'VND',
  terms: 'immediate',
  listTotal: 120_000n,
  discountTotal: 0n,
  netTotal: 120_000n,
  paid: 120_000n,
  rounding: 0n,
  change: 0n,
  due: 0n,
  settled: true,
  replayed: false,
  ...more,
});

export const payer = { id: id(3), code: 'KH1', name: 'Công ty An Bình', tier: 'vip1' as const };

type Answers = Parameters<typeof serverAnswers>[0];

/** The till with its shift open; what the server says is that of a good day, but for `answers`. */
export async function tillAtWork(answers: Answers = {}, locale: 'vi' | 'en' = 'vi', personalKey = newPersonalKey()) {
  const sent = serverAnswers({
    'till.sellable': () => services,
    'till.quote': quote,
    'till.payers': () => [payer],
    'till.referrers': () => [],
    'patients.find': () => [mai],
    'till.current': () => shift,
    'orders.createPaid': () => sold(),
    'payments.owed': () => ({ orders: [], notOwed: null }),
    'heldSales.list': () => [],
    ...answers,
  });
  const screen = await onScreen(<Till shift={shift} />, { locale, personalKey });
  const search = screen.getByRole('combobox', { name: /Tìm dịch vụ|Find a service/ });
  if (!('till.sellable' in answers)) {
    await search.fill('CBC');
    await expect.element(screen.getByRole('option')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    (document.activeElement as HTMLElement).blur();
  }
  const add = async (code: string) => {
    await search.fill(code);
    await userEvent.keyboard('{Enter}');
  };
  const patient = async () => {
    await screen.getByRole('combobox', { name: 'Bệnh nhân' }).fill('mai');
    await screen.getByRole('option', { name: /Đặng Thị Mai/ }).click();
  };
  const lines = () =>
    screen
      .getByRole('button', { name: /Chọn dòng/ })
      .elements()
      .map((one) => one.ariaLabel);
  return { screen, sent, search, add, patient, lines, open: vi.spyOn(window, 'open').mockReturnValue(null) };
}

export const total = () => document.querySelector('[data-testid="total"]')?.textContent?.replace(/\D/g, '');
export const waitsForPrice = (amount: string) => expect.poll(total).toBe(amount);

/** A till with a patient and one priced service: only the money is missing. */
export async function readyToPay(answers: Parameters<typeof tillAtWork>[0] = {}) {
  const till = await tillAtWork(answers);
  await till.patient();
  await till.add('CBC');
  await waitsForPrice('120000');
  const button = till.screen.getByRole('button', { name: /^Thu tiền F9$/ }).first();
  return { ...till, box: till.screen.getByRole('textbox', { name: 'Khách đưa' }), button };
}
