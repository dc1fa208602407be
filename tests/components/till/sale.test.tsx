import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { QuoteInput } from '@/server/modules/sales/till/schema';
import { newPersonalKey } from '../on-screen';
import { choose, expectFocus, expectText, pressTwice } from '../press';
import { LostConnection, refuses, sentTo } from '../server-answers';
import { mai, payer, quote, readyToPay, shift, sold, tillAtWork, waitsForPrice } from './till-at-work';

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

describe('what is in the way of a sale (obstacleOf, usePayment)', () => {
  it('says it one after the other until nothing is, and the button opens only then', async () => {
    const { screen, add, patient } = await tillAtWork();
    const pay = screen.getByLabelText('Thanh toán').getByRole('button', { name: /Thu tiền/ });
    await expect.element(screen.getByText('Hãy thêm ít nhất một dịch vụ.')).toBeVisible();
    await expect.element(pay).toBeDisabled();
    await add('OLD');
    await expect.element(screen.getByText(/Có dịch vụ chưa bán được/)).toBeVisible();
    await screen.getByRole('button', { name: 'Bỏ Chưa có giá' }).click();
    await add('CBC');
    await expect.element(screen.getByText('Hãy chọn bệnh nhân (F2).')).toBeVisible();
    await patient();
    await expect.element(pay).toBeEnabled();
    const box = screen.getByRole('textbox', { name: 'Khách đưa' });
    await box.fill('1.5');
    await expect.element(screen.getByText(/Có số tiền không đọc được/)).toBeVisible();
    await box.fill('100000');
    await expect.element(screen.getByText('Khách đưa chưa đủ.')).toBeVisible();
    await expect.element(screen.getByText('20.000 đ')).toBeVisible();
    await box.fill('1200000');
    await expect.element(screen.getByText(/Tiền thừa không nhỏ hơn mệnh giá lớn nhất/)).toBeVisible();
    await choose(screen.getByRole('radio', { name: 'Thẻ' }));
    await expect.element(screen.getByText('Chỉ tiền mặt mới có tiền thừa.')).toBeVisible();
    await expect.element(pay).toBeDisabled();
  });
});

describe('a sale that was not finished', () => {
  it('comes back with its patient, lines and key when the page does, says so, and is gone once it is sold', async () => {
    const key = newPersonalKey();
    let isDying = true;
    const answers = {
      'orders.createPaid': () => (isDying ? new Promise<never>(() => {}) : sold()),
    };
    const before = await tillAtWork(answers, 'vi', key);
    await before.patient();
    await before.add('CBC');
    await waitsForPrice('120000');
    const pay = (screen: typeof before.screen) =>
      screen
        .getByRole('button', { name: /^Thu tiền F9$/ })
        .first()
        .click();
    await pay(before.screen);
    await expect.poll(() => sentTo(before.sent, 'orders.createPaid').length).toBeGreaterThan(0);
    await before.screen.unmount();
    isDying = false;
    const after = await tillAtWork(answers, 'vi', key);
    await expect.element(after.screen.getByText(/Đã khôi phục phần bạn đang làm dở/)).toBeVisible();
    await expect.element(after.screen.getByText('BN1')).toBeVisible();
    await waitsForPrice('120000');
    await pay(after.screen);
    await expectText(after.screen.getByTestId('order-number'), 'HCM-000123');
    const keys = [before, after].map(
      ({ sent }) => (sentTo(sent, 'orders.createPaid')[0] as { clientKey: string }).clientKey,
    );
    expect(keys[0]).toBe(keys[1]);
    await after.screen.unmount();
    const next = await tillAtWork({}, 'vi', key);
    await next.add('GLU');
    expect(next.lines()).toHaveLength(1);
    expect(next.screen.getByText(/Đã khôi phục/).elements()).toEqual([]);
  });
});

describe('a sale is sent once', () => {
  it('with the total on the screen, the drawer’s shift and what was handed over', async () => {
    const { screen, sent, box, button } = await readyToPay();
    await box.fill('200000');
    await button.click();
    await expectText(screen.getByTestId('order-number'), 'HCM-000123');
    expect(sentTo(sent, 'orders.createPaid')).toMatchObject([
      {
        shiftId: shift.id,
        patientId: mai.id,
        terms: 'immediate',
        unpaid: false,
        expectedNet: 120_000n,
        services: [{ code: 'CBC', discountPercent: '0' }],
        payments: [{ method: 'cash', amount: 120_000n, tendered: 200_000n, reference: null }],
        note: null,
      },
    ]);
  });

  it('however often the button is pressed', async () => {
    let answer = (_: unknown) => {};
    const { sent, button, screen } = await readyToPay({
      'orders.createPaid': () => new Promise((resolve) => (answer = resolve)),
    });
    await pressTwice(button);
    await expect.poll(() => sentTo(sent, 'orders.createPaid')).toHaveLength(1);
    await userEvent.keyboard('{F9}');
    answer(sold());
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
    expect(sentTo(sent, 'orders.createPaid')).toHaveLength(1);
  });

  it('a lost connection is said and tried again under the same key', async () => {
    let times = 0;
    const { screen, sent, button } = await readyToPay({
      'orders.createPaid': () => {
        times += 1;
        if (times === 1) throw new LostConnection();
        return sold();
      },
    });
    await button.click();
    await expect.element(screen.getByText(/Mất kết nối, đang thử lại/)).toBeVisible();
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
    const keys = sentTo(sent, 'orders.createPaid').map((one) => (one as { clientKey: string }).clientKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('where no answer comes it is not said that nothing was stored: it may have been, and is found by the same key', async () => {
    const createPaid = vi.fn<() => unknown>(() => {
      throw new LostConnection();
    });
    const { screen, sent, button } = await readyToPay({ 'orders.createPaid': createPaid });
    await button.click();
    await expect.element(screen.getByRole('alert'), { timeout: 15_000 }).toBeVisible();
    await expectText(screen.getByRole('alert'), 'Chưa biết đơn đã được lưu hay chưa');
    await expectText(screen.getByRole('alert'), 'không bị ghi hai lần');
    expect(screen.getByText('Đơn chưa được lưu').elements()).toEqual([]);
    createPaid.mockImplementation(() => sold());
    await button.click();
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
    const keys = sentTo(sent, 'orders.createPaid').map((one) => (one as { clientKey: string }).clientKey);
    expect(new Set(keys).size).toBe(1);
  });

  it('a refusal is a sentence, the sale stays as it was typed, and can be sent again', async () => {
    const createPaid = vi.fn<() => unknown>(refuses('total_changed', { total: 130_000 }));
    const { screen, sent, box, button, lines } = await readyToPay({ 'orders.createPaid': createPaid });
    await box.fill('200000');
    await button.click();
    await expectText(screen.getByRole('alert'), 'tổng bây giờ là 130.000');
    await expect.element(box).toHaveValue('200.000');
    expect(lines()).toEqual(['Chọn dòng Công thức máu']);
    createPaid.mockImplementation(() => sold());
    await button.click();
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
    expect(sentTo(sent, 'orders.createPaid')).toHaveLength(2);
  });
});

describe('how it is paid (PaymentPanel)', () => {
  it('F9 goes to the amount first, with what stands there selected, and sells by the second press', async () => {
    const { sent, box, screen } = await readyToPay();
    await userEvent.keyboard('{F9}');
    await expectFocus(box);
    expect(sentTo(sent, 'orders.createPaid')).toHaveLength(0);
    await userEvent.keyboard('{F9}');
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
  });

  it('in parts: each empty amount offers what the others leave, card and transfer carry a number, cash none', async () => {
    const { screen, sent, button } = await readyToPay();
    await screen.getByRole('textbox', { name: 'Khách đưa' }).fill('50000');
    await screen.getByRole('button', { name: 'Thêm hình thức khác' }).click();
    const amount = screen.getByRole('textbox', { name: 'Số tiền' });
    await expect.element(amount).toHaveAttribute('placeholder', '70.000');
    await screen.getByRole('textbox', { name: 'Mã giao dịch' }).fill(' POS-77 ');
    await button.click();
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
    expect(sentTo(sent, 'orders.createPaid')).toMatchObject([
      {
        payments: [
          { method: 'cash', amount: 50_000n, tendered: 50_000n, reference: null },
          { method: 'card', amount: 70_000n, tendered: null, reference: 'POS-77' },
        ],
      },
    ]);
  });

  it('a number typed for a card is not sent with the cash that took its place', async () => {
    const { screen, sent, button } = await readyToPay();
    await choose(screen.getByRole('radio', { name: 'Thẻ' }));
    await screen.getByRole('textbox', { name: 'Mã giao dịch' }).fill('POS-77');
    await choose(screen.getByRole('radio', { name: 'Tiền mặt' }));
    await button.click();
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
    expect(sentTo(sent, 'orders.createPaid')).toMatchObject([{ payments: [{ method: 'cash', reference: null }] }]);
  });

  it('a note at hand by one press; the change is shown before it is given', async () => {
    const { screen, box } = await readyToPay();
    await screen.getByRole('group', { name: 'Số tiền khách đưa' }).getByRole('button', { name: '200.000' }).click();
    await expect.element(box).toHaveValue('200.000');
    await expect.element(screen.getByText('80.000 đ')).toBeVisible();
  });

  it('what notes cannot make is rounded before their eyes', async () => {
    const { screen, add } = await readyToPay();
    await add('GLU2');
    await waitsForPrice('180300');
    await expectText(screen.getByTestId('cash-due'), '180.500');
    await expect.element(screen.getByText(/\+200/)).toBeVisible();
    await choose(screen.getByRole('radio', { name: 'Thẻ' }));
    await expect.element(screen.getByTestId('cash-due')).not.toBeInTheDocument();
  });

  it('later, where one says so; and by the payer, where one is chosen', async () => {
    const { screen, sent, box, button } = await readyToPay();
    await box.fill('100000');
    await expect.element(button).toBeDisabled();
    await choose(screen.getByRole('checkbox', { name: 'Khách trả phần còn thiếu sau' }));
    await button.click();
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
    expect(sentTo(sent, 'orders.createPaid')).toMatchObject([{ unpaid: true, payments: [{ amount: 100_000n }] }]);
  });

  it('by a payer’s account nothing is taken at the counter', async () => {
    const { screen, sent } = await readyToPay({ 'orders.createPaid': () => sold({ terms: 'account', paid: 0n }) });
    await screen.getByRole('combobox', { name: 'Đơn vị trả tiền' }).fill('an');
    await screen.getByRole('option', { name: /Công ty An Bình/ }).click();
    await choose(screen.getByRole('checkbox', { name: /Ghi công nợ cho đơn vị/ }));
    await expect.element(screen.getByText(/được ghi công nợ cho Công ty An Bình/)).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Khách đưa' }).elements()).toHaveLength(0);
    await screen.getByRole('button', { name: /^Ghi công nợ/ }).click();
    await expect.element(screen.getByText('Đã ghi công nợ', { exact: true })).toBeVisible();
    expect(screen.getByTestId('change').elements()).toHaveLength(0);
    expect(sentTo(sent, 'orders.createPaid')).toMatchObject([
      { terms: 'account', customerId: payer.id, payments: [], unpaid: false },
    ]);
  });
});

describe('prices (usePricedCart)', () => {
  it('stand there from the catalogue at once, then as the server quotes them, which is what sells', async () => {
    let answer = (_: unknown) => {};
    const dearer = (input: QuoteInput) => quote(input).map((one) => ({ ...one, listPrice: 150_000n }));
    const till = await tillAtWork({
      'till.quote': (input: QuoteInput) => new Promise((resolve) => (answer = () => resolve(dearer(input)))),
    });
    await till.add('CBC');
    await waitsForPrice('120000');
    await expect.element(till.screen.getByText(/CHUNG · giá chung · hiệu lực từ 01\/01\/2026/)).toBeVisible();
    answer(null);
    await waitsForPrice('150000');
  });

  it('a service that is not for the patient says so before the server does', async () => {
    const till = await tillAtWork({ 'till.quote': () => new Promise(() => {}) });
    await till.patient();
    await till.add('PSA');
    await expect.element(till.screen.getByText('Dịch vụ này không dành cho giới tính của bệnh nhân.')).toBeVisible();
    await expect.element(till.screen.getByText(/Có dịch vụ chưa bán được/)).toBeVisible();
  });

  it('what a package of the cart holds already is said at its line, and sold if one wants to', async () => {
    const held = (input: QuoteInput) => quote(input).map((one) => ({ ...one, includedIn: 'GOI' }));
    const till = await tillAtWork({ 'till.quote': held });
    await till.add('GLU');
    await expect.element(till.screen.getByText('Đã có trong gói GOI của đơn này.')).toBeVisible();
    expect(till.screen.getByText(/Có dịch vụ chưa bán được/).elements()).toHaveLength(0);
  });
});
