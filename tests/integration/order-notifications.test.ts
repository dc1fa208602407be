import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notificationKinds } from '@/inngest/functions/core/notification-kinds';
import { openDocument } from '@/server/modules/core/documents/use-cases/open-document';
import { sendMessages } from '@/server/modules/core/notifications/public/send-messages';
import { createPaidOrder } from '@/server/modules/sales/orders/use-cases/create-paid-order';
import { renderReceipt } from '@/server/modules/sales/orders/use-cases/render-receipt';
import { readPdf } from '@/server/pdf/paper/read-pdf';
import { closePdfPool } from '@/server/pdf/render';
import { type StaffActor, systemActor } from '@/server/platform/actor';
import { withDatabase } from './database';
import { bindLocalMessages } from './gate-fixture';
import { cartOf, makeCashier, makeFixture, oneOf, rowsOf } from './till-fixture';

withDatabase();
afterAll(closePdfPool);

const actor = systemActor('test');
let cashier: StaffActor;
beforeAll(async () => {
  bindLocalMessages();
  await makeFixture();
  await rowsOf('UPDATE organisation SET cashier_discount_limit = 100');
  cashier = (await makeCashier('T1')).actor;
});

type Cart = NonNullable<Parameters<typeof cartOf>[0]>;

/** What the patient of an order receives: the text message, and the words on the paper. */
async function reportedOf(parts: Cart): Promise<{ text: string; paper: string; number: string; net: bigint }> {
  const sold = await createPaidOrder({ actor: cashier, cart: await cartOf(parts) });
  const notification = {
    template: 'order-paid' as const,
    dedupeKey: `order-paid:${sold.orderId}`,
    orderId: sold.orderId,
  };
  await sendMessages({ actor, notifications: [notification], kinds: notificationKinds });
  const { text } = await oneOf<{ text: string }>('SELECT text FROM local_message ORDER BY id DESC LIMIT 1');
  const { documentId } = await renderReceipt({ actor: cashier, orderId: sold.orderId, language: 'vi' });
  const { content } = await openDocument({ actor: cashier, document: { id: documentId } });
  const paper = readPdf(Buffer.from(await new Response(content).arrayBuffer())).text;
  return { text, paper, number: sold.number, net: sold.netTotal };
}

const customerId = async () => (await oneOf<{ id: string }>(`SELECT id FROM customer WHERE code = 'VIPCO'`)).id;

describe('the patient of an order', () => {
  it('that was paid is thanked for what was paid', async () => {
    const { text, paper, number } = await reportedOf({});
    expect(text).toBe(`Sapoche: Đã nhận thanh toán 120.333 đ cho đơn ${number} tại Quận 1. Cảm ơn quý khách.`);
    expect(paper).toContain('Phiếu thu');
    expect(paper).toContain('120.333');
  });

  it('who gave more cash reads what came back, with what was rounded by', async () => {
    const { paper } = await reportedOf({ payments: [{ method: 'cash', amount: 120_333n, tendered: 150_000n }] });
    expect(paper).toMatch(/150\.000/);
    expect(paper).toMatch(/Tiền trả lại\s*29\.500/);
    expect(paper).not.toMatch(/[-−]\s?29\.500/);
  });

  it('who gave exactly what notes can make gets nothing back, and reads nothing of it', async () => {
    const { paper } = await reportedOf({ payments: [{ method: 'cash', amount: 120_333n, tendered: 120_500n }] });
    expect(paper).not.toContain('Tiền trả lại');
  });

  it('on account is neither thanked for a payment nor shown the price of the company', async () => {
    const { text, paper, number, net } = await reportedOf({
      customerId: await customerId(),
      terms: 'account',
      payments: [],
    });
    expect(net).toBe(99_999n);
    expect(text).toContain(number);
    expect(text).not.toMatch(/thanh toán \d|99\.999|120\.333|cảm ơn/i);
    expect(paper).toContain('Phiếu dịch vụ');
    expect(paper).toContain('Tổng phân tích tế bào máu');
    expect(paper).toContain('Công ty An Phát');
    expect(paper).not.toMatch(/99\.999|120\.333|20\.334|Tổng cộng|Giảm giá|Phiếu thu/);
    const [row] = await rowsOf<{ template: string }>('SELECT template FROM message ORDER BY created_at DESC LIMIT 1');
    expect(row?.template).toBe('order-on-account');
  });

  it('of 0 đ is not thanked for a payment', async () => {
    const { text, paper, number } = await reportedOf({
      services: [{ code: 'CBC', discountPercent: '100' }],
      payments: [],
    });
    expect(text).toContain(number);
    expect(text).not.toMatch(/đã nhận thanh toán|\d đ\b|cảm ơn/i);
    expect(paper).not.toContain('Phiếu thu');
  });
});
