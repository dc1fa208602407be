import { describe, expect, it } from 'vitest';
import { OrderPage } from '@/components/orders/order-page';
import { OrdersScreen } from '@/components/orders/orders-screen';
import { useOrderColumns } from '@/components/orders/use-order-columns';
import type { OrderDetail, OrderRow } from '@/server/modules/sales/orders/schema';
import { expectAddress, hookOnScreen, onScreen } from '../on-screen';
import { expectText } from '../press';
import { sentTo, serverAnswers } from '../server-answers';

const id = '00000000-0000-7000-8000-000000000081';

const row = (more: Partial<OrderRow> = {}): OrderRow => ({
  id,
  number: 'HCM-000123',
  orderedAt: new Date('2026-11-02T01:00:00Z'),
  branchCode: 'HCM',
  patientName: 'Đặng Thị Mai',
  patientCode: 'BN1',
  customerName: null,
  doctorName: null,
  tier: 'standard',
  source: 'pos',
  state: 'paid',
  lineCount: 1,
  netTotal: 111_000n,
  due: 0n,
  currency: 'VND',
  ...more,
});

const detail = (more: Partial<OrderDetail> = {}): OrderDetail => ({
  ...row(),
  accession: null,
  externalRef: null,
  uploadId: null,
  terms: 'immediate',
  settledAt: null,
  listTotal: 120_000n,
  discountTotal: 9_000n,
  note: null,
  branchNameVi: 'Sài Gòn',
  branchNameEn: 'Saigon',
  patient: { id: 'p', dob: '1990-11-05', sex: 'female', phone: '+84912345678' },
  cashier: null,
  till: null,
  lines: [
    {
      position: 1,
      code: 'CBC',
      nameVi: 'Công thức máu',
      nameEn: 'Blood count',
      kind: 'test',
      category: 'hematology',
      listPrice: 120_000n,
      discountPercent: '7.5',
      discount: 9_000n,
      net: 111_000n,
      refunded: false,
      givenBack: 0n,
      reason: { rateCard: 'CHUNG', scope: 'all', validFrom: '2026-01-01', validTo: null },
    },
  ],
  payments: [],
  labels: [],
  documents: [],
  events: [{ at: new Date('2026-11-02T01:00:00Z'), action: 'order.created', actorKind: 'user', actorName: null }],
  ...more,
});

const branches = [
  { code: 'HCM', nameVi: 'Sài Gòn', nameEn: 'Saigon' },
  { code: 'HN', nameVi: 'Hà Nội', nameEn: 'Hanoi' },
];

const orders = async (address = '/orders', { rows = [row()], seen = branches, locale = 'vi' as 'vi' | 'en' } = {}) => {
  const sent = serverAnswers({
    'orders.list': () => ({ rows, nextCursor: null }),
    'orders.totals': () => [
      { orders: 1_234, list: 120_000n, discount: 9_000n, net: 111_000n, due: 0n, currency: 'VND' },
    ],
    'orders.branches': () => seen,
    'orders.byId': () => detail(),
  });
  return { screen: await onScreen(<OrdersScreen maySell={false} />, { address, locale }), sent };
};

describe('the orders', () => {
  it('asks for what the address says; sums of what is filtered stand in the reader’s figures', async () => {
    const { screen, sent } = await orders('/orders?q=mai&from=2026-11-01&state=paid&source=nonsense&branch=HCM');
    await expect.element(screen.getByText('1.234 đơn', { exact: true })).toBeVisible();
    const asked = { search: 'mai', from: '2026-11-01', state: 'paid', branch: 'HCM' };
    expect(sentTo(sent, 'orders.list')).toEqual([{ ...asked, limit: 100, direction: 'forward' }]);
    expect(sentTo(sent, 'orders.totals')).toEqual([asked]);
    await screen.unmount();
    const english = await orders('/orders', { locale: 'en' });
    await expect.element(english.screen.getByText('1,234 orders', { exact: true })).toBeVisible();
  });

  it('one branch is no choice; who may not sell sees no way to the till; none found is not none there', async () => {
    const { screen } = await orders('/orders', { rows: [], seen: branches.slice(0, 1) });
    await expect.element(screen.getByText('Chưa có đơn nào')).toBeVisible();
    expect(screen.getByRole('button', { name: /Chi nhánh$/ }).elements()).toHaveLength(0);
    expect(screen.getByRole('link', { name: 'Bán tại quầy' }).elements()).toHaveLength(0);
    await screen.unmount();
    const filtered = await orders('/orders?q=zzz', { rows: [] });
    await expect.element(filtered.screen.getByText('Không có đơn nào khớp với bộ lọc')).toBeVisible();
    await filtered.screen.getByRole('button', { name: /Chi nhánh$/ }).click();
    await filtered.screen.getByRole('option', { name: 'Hà Nội' }).click();
    await expectAddress('/orders?q=zzz&branch=HN');
  });

  it('one opens beside the list, and the filters stay', async () => {
    const { screen } = await orders('/orders?state=paid');
    await screen.getByRole('gridcell', { name: 'Đặng Thị Mai' }).click();
    await expectAddress(`/orders?state=paid&open=${id}`);
    await expect.element(screen.getByRole('heading', { name: 'HCM-000123' })).toBeVisible();
    await expect.element(screen.getByRole('link', { name: 'Mở trang riêng' })).toHaveAttribute('href', `/orders/${id}`);
  });

  it('useOrderColumns: the total of all that is filtered, and who pays where it is not the patient', async () => {
    const totals = { orders: 1, list: 0n, discount: 0n, net: 111_000n, due: 20_000n, currency: 'VND' };
    const { result } = await hookOnScreen(() => ({
      known: useOrderColumns(totals),
      waiting: useOrderColumns(undefined),
    }));
    const column = (columns: typeof result.current.known, name: string) => columns.find((one) => one.id === name);
    expect(column(result.current.waiting, 'net')?.total).toBeUndefined();
    expect(column(result.current.known, 'net')?.header).toBe('Tổng (đ)');
    expect(column(result.current.known, 'due')?.header).toBe('Còn nợ (đ)');
    const screen = await onScreen(
      <>
        <p>{column(result.current.known, 'net')?.total}</p>
        <p data-testid="self">{column(result.current.known, 'customer')?.cell(row())}</p>
        <p data-testid="firm">
          {column(result.current.known, 'customer')?.cell(row({ customerName: 'An Bình', tier: 'vip1' }))}
        </p>
        <p data-testid="owes">{column(result.current.known, 'due')?.cell(row({ due: 91_000n }))}</p>
        <p data-testid="owes-all">{column(result.current.known, 'due')?.total}</p>
        <p data-testid="owes-nothing">{column(result.current.known, 'due')?.cell(row())}</p>
      </>,
    );
    await expect.element(screen.getByText('111.000')).toBeVisible();
    await expectText(screen.getByTestId('self'), 'Tự trả');
    await expectText(screen.getByTestId('owes'), /^91\.000$/);
    await expectText(screen.getByTestId('owes-all'), /^20\.000$/);
    await expectText(screen.getByTestId('owes-nothing'), /^—$/);
    // The tier is a sign with a name, so that the payer's own name is not cut for it.
    await expectText(screen.getByTestId('firm'), /^An Bình$/);
    await expect.element(screen.getByRole('img', { name: 'Hạng VIP 1' })).toBeVisible();
  });
});

const page = (more: Partial<OrderDetail> = {}, locale: 'vi' | 'en' = 'vi') => {
  serverAnswers({ 'orders.byId': () => detail(more) });
  return onScreen(<OrderPage id={id} />, { locale });
};

describe('an order', () => {
  it('says who, at which price and why, in the reader’s language and decimals', async () => {
    const screen = await page();
    await expect.element(screen.getByText('05/11/1990 · Nữ · 0912345678')).toBeVisible();
    await expect.element(screen.getByText('Công thức máu')).toBeVisible();
    await expect.element(screen.getByText(/^120\.000 −7,5%$/)).toBeVisible();
    await expect.element(screen.getByText(/CHUNG · giá chung/)).toBeVisible();
    await expect.element(screen.getByText('−9.000 đ')).toBeVisible();
    await expect.element(screen.getByText('Tạo đơn')).toBeVisible();
    await expect.element(screen.getByText('Hệ thống')).toBeVisible();
    await screen.unmount();
    const english = await page({}, 'en');
    await expect.element(english.getByText('Blood count')).toBeVisible();
    await expect.element(english.getByText('Saigon')).toBeVisible();
    await expect.element(english.getByText(/^120,000 −7\.5%$/)).toBeVisible();
  });

  it('what was paid, what was handed over and given back; why nothing was', async () => {
    const payment = {
      id: 'x',
      method: 'cash' as const,
      amount: 111_000n,
      tendered: 200_000n,
      change: 88_900n,
      reference: 'A7',
      paidAt: new Date(),
      refund: false,
    };
    const screen = await page({
      payments: [payment, { ...payment, id: 'y', refund: true, tendered: null, change: null, reference: null }],
    });
    await expect.element(screen.getByText(/Tiền mặt · A7/)).toBeVisible();
    await expect.element(screen.getByText(/Khách đưa 200\.000.* · tiền thừa 88\.900/)).toBeVisible();
    await expect.element(screen.getByText('Hoàn tiền · Tiền mặt')).toBeVisible();
    await screen.unmount();
    const owed = await page({ terms: 'account' });
    await expect.element(owed.getByText(/Ghi công nợ cho đơn vị/)).toBeVisible();
    await owed.unmount();
    await expect.element((await page()).getByText('Chưa có khoản thu nào.')).toBeVisible();
  });

  it('what is owed in figures, and the way to take it for who sells (TakeBalance)', async () => {
    serverAnswers({ 'orders.byId': () => detail({ state: 'part-paid', due: 91_000n }) });
    const screen = await onScreen(<OrderPage id={id} maySell />);
    await expectText(screen.getByTestId('owed'), 'Còn nợ 91.000 đ');
    await expect.element(screen.getByText('Đã thu 20.000 đ trên 111.000 đ')).toBeVisible();
    await expect.element(screen.getByText('Trả một phần')).toBeVisible();
    await expect
      .element(screen.getByRole('link', { name: 'Thu phần còn lại…' }))
      .toHaveAttribute('href', `/pos?balance=${id}`);
    await screen.unmount();
    const reader = await page({ state: 'unpaid', due: 111_000n }, 'en');
    await expectText(reader.getByTestId('owed'), '111,000');
    expect(reader.getByRole('link', { name: 'Take the balance…' }).elements()).toHaveLength(0);
    await reader.unmount();
    expect((await page()).getByTestId('owed').elements()).toHaveLength(0);
  });

  it('its labels and papers, where there are any', async () => {
    const labels = [
      { barcode: 'B1', category: 'hematology' },
      { barcode: 'B2', category: 'brand-new' },
    ];
    const documents = [{ id: 'd', kind: 'receipt', language: 'en' as const, version: 2, createdAt: new Date() }];
    const screen = await page({ labels, documents, accession: 'X-9' });
    await expect.element(screen.getByText('Huyết học')).toBeVisible();
    await expect.element(screen.getByText('brand-new')).toBeVisible();
    await expect.element(screen.getByText(/Phiếu thu EN, bản 2/)).toBeVisible();
    await expect
      .element(screen.getByRole('link', { name: 'Phiếu thu tiếng Anh' }))
      .toHaveAttribute('href', `/orders/${id}/receipt?language=en`);
  });
});
