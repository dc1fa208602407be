import { afterEach, describe, expect, it, vi } from 'vitest';
import type { QuoteInput } from '@/server/modules/sales/till/schema';
import { askAgain } from '../on-screen';
import { expectText } from '../press';
import { refuses, sentTo } from '../server-answers';
import { quote, readyToPay, sold, total, waitsForPrice } from './till-at-work';

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

describe('a price that changes while the sale is made (useSaidPriceChange)', () => {
  const at = (price: bigint) => (asked: QuoteInput) =>
    quote(asked).map((line) => ({ ...line, listPrice: price, net: price }));

  it('stands on the screen once the sale was refused for it, and the next press sells at that', async () => {
    let price = quote;
    const createPaid = vi.fn<(cart: { expectedNet: bigint }) => unknown>(refuses('total_changed', { total: 130_000 }));
    const { screen, sent, button } = await readyToPay({
      'till.quote': (asked: QuoteInput) => price(asked),
      'orders.createPaid': createPaid,
    });
    price = at(130_000n);
    await button.click();
    await expectText(screen.getByRole('alert'), 'tổng bây giờ là 130.000');
    await waitsForPrice('130000');
    createPaid.mockImplementation(() => sold());
    await button.click();
    await expect.element(screen.getByTestId('order-number')).toBeVisible();
    expect(sentTo(sent, 'orders.createPaid')).toMatchObject([{ expectedNet: 120_000n }, { expectedNet: 130_000n }]);
  });

  it('is said when the screen learns of it by itself, once', async () => {
    let price = quote;
    const { screen } = await readyToPay({ 'till.quote': (asked: QuoteInput) => price(asked) });
    const news = () => screen.getByText(/Giá vừa thay đổi.*140/);
    expect(news().elements()).toEqual([]);
    price = at(140_000n);
    // Again and again: the first quote may be on its way still.
    const afterAsking = async () => {
      await askAgain('till', 'quote');
      return total();
    };
    await expect.poll(afterAsking).toBe('140000');
    await expectText(news(), 'tổng bây giờ là 140.000 đ');
    await askAgain('till', 'quote');
    expect(news().elements()).toHaveLength(1);
  });
});
