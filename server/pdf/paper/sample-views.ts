import type { ReceiptView } from '../receipt/view-model';
import type { StatementLine, StatementView } from '../statement/view-model';

/** Made-up snapshots for tests and measurements; every name is invented. */

const organisation: StatementView['organisation'] = {
  name: { vi: 'Hệ thống Xét nghiệm Sapoche', en: 'Sapoche Laboratories' },
  address: {
    vi: '27 Trần Duy Hưng, phường Trung Hoà, quận Cầu Giấy, Hà Nội',
    en: '27 Tran Duy Hung, Trung Hoa ward, Cau Giay district, Hanoi',
  },
  phone: '024 7300 6866',
  email: 'lienhe@sapoche.example',
  website: 'sapoche.example',
  taxCode: '0109876543',
  licence: { vi: '512/HNO-GPHĐ', en: '512/HNO-GPHD' },
};

const services: [code: string, vi: string, en: string, price: bigint][] = [
  ['HEM001', 'Tổng phân tích tế bào máu ngoại vi', 'Complete blood count', 120_000n],
  ['BIO012', 'Định lượng HbA1c', 'HbA1c', 185_000n],
  ['IMM004', 'Kháng thể kháng nhân (ANA) bằng miễn dịch huỳnh quang', 'Antinuclear antibodies by IIF', 640_000n],
  ['IMA003', 'Siêu âm ổ bụng tổng quát', 'Abdominal ultrasound', 350_000n],
  ['PKG002', 'Gói khám sức khoẻ nâng cao dành cho nữ trên 40 tuổi', 'Advanced check-up for women over 40', 4_290_000n],
];
const patients = ['Nguyễn Thị Hồng Nhung', 'Lê Đức Ỷ', 'Phạm Quỳnh Như', 'Trần Ngọc Ẩn', 'Đỗ Mỹ Duyên'];

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('An empty list has no element to take.');
  return found;
};

function sampleLine(index: number): StatementLine {
  const [code, vi, en, price] = at(services, index * 7 + (index >> 2));
  const base = index % 23 === 22 ? -price : price;
  const commission = (base * 10n) / 100n;
  const banded = index % 11 === 5 && base > 0n;
  const parts = banded
    ? [
        { percent: '8', base: String(base / 2n) },
        { percent: '12', base: String(base - base / 2n) },
      ]
    : [{ percent: '10', base: String(base) }];
  return {
    code,
    name: { vi, en },
    kind: base < 0n ? 'refund' : 'sale',
    base: String(base),
    commission: String(commission),
    rule: { kind: 'percent', parts, cap: null },
  };
}

function sampleDays(count: number, first: number): StatementView['days'] {
  const days: StatementView['days'] = [];
  for (let index = 0, order = first; index < count; order += 1) {
    const day = `2026-10-${String(Math.min(31, 1 + Math.floor((index * 31) / count))).padStart(2, '0')}`;
    const size = Math.min(1 + (order % 3), count - index);
    const lines = Array.from({ length: size }, (_, offset) => sampleLine(index + offset));
    const number = `HN1-2610${day.slice(-2)}-${String(order).padStart(4, '0')}`;
    const entry = { number, reference: `S1-${String(order).padStart(6, '0')}`, patient: at(patients, order), lines };
    const last = days.at(-1);
    if (last?.day === day) last.orders.push(entry);
    else days.push({ day, orders: [entry] });
    index += size;
  }
  return days;
}

const adjustments: StatementView['adjustments'] = [
  {
    day: '2026-10-12',
    reason: { vi: 'Bổ sung đơn ghi thiếu bác sĩ giới thiệu', en: 'Order that missed its referring doctor' },
    amount: '150000',
    kind: 'adjustment',
  },
  {
    day: '2026-10-02',
    reason: { vi: 'Hoàn trả dịch vụ của kỳ 09/2026', en: 'Refund of a service of 09/2026' },
    amount: '-64000',
    kind: 'carry-forward',
  },
];

/** A sealed statement with so many lines, of orders that are numbered from `first` on. */
export function sampleStatement(count: number, first = 1): StatementView {
  const days = sampleDays(count, first);
  const orders = days.flatMap((day) => day.orders);
  const lines = orders.flatMap((order) => order.lines);
  const sum = (field: 'base' | 'commission', of: readonly StatementLine[] = lines) =>
    of.reduce((total, line) => total + BigInt(line[field]), 0n);
  const earned = sum('commission') + 150_000n - 64_000n;
  const tax = earned >= 2_000_000n ? (earned + 5n) / 10n : 0n;
  const categories = [
    { name: { vi: 'Xét nghiệm', en: 'Laboratory tests' }, pick: /^(HEM|BIO|IMM)/ },
    { name: { vi: 'Chẩn đoán hình ảnh', en: 'Imaging' }, pick: /^IMA/ },
    { name: { vi: 'Gói khám', en: 'Packages' }, pick: /^PKG/ },
  ].map(({ name, pick }) => {
    const own = lines.filter((line) => pick.test(line.code));
    return { name, lines: own.length, base: String(sum('base', own)), commission: String(sum('commission', own)) };
  });
  return {
    currency: 'VND',
    timeZone: 'Asia/Ho_Chi_Minh',
    issuedAt: '2026-11-02T02:15:00.000Z',
    organisation,
    statement: { number: 'BK-2026-10-D014', version: 1, period: '2026-10', state: 'published' },
    doctor: {
      code: 'D014',
      name: 'BS.CKII Nguyễn Hữu Nghĩa',
      phone: '+84 912 345 678',
      email: 'bs.nghia@phongkham.example',
      plan: { vi: 'Chuẩn 2026', en: 'Standard 2026' },
    },
    sums: {
      orders: orders.length,
      lines: lines.length,
      base: String(sum('base')),
      commission: String(sum('commission')),
      adjustments: '150000',
      carryForward: '-64000',
      taxRate: '10',
      taxThreshold: '2000000',
      tax: String(tax),
      payable: String(earned - tax),
    },
    categories: categories.filter((category) => category.lines > 0),
    days,
    adjustments,
    seal: {
      hash: '9f2c4e1ab07d53c86e1f0a9d4b7c2e5f8a3d6b1c0e9f7a4d2c5b8e1f3a6d9c0b',
      verifyUrl: 'https://portal.sapoche.example/verify/9f2c4e1ab07d53c86e1f0a9d4b7c2e5f',
      sealedAt: '2026-11-01T09:40:00.000Z',
    },
  };
}

export const sampleReceipt: ReceiptView = {
  currency: 'VND',
  timeZone: 'Asia/Ho_Chi_Minh',
  issuedAt: '2026-10-31T15:31:00.000Z',
  organisation,
  branch: {
    name: { vi: 'Chi nhánh Cầu Giấy', en: 'Cau Giay branch' },
    address: { vi: '118 Xuân Thuỷ, Cầu Giấy, Hà Nội', en: '118 Xuan Thuy, Cau Giay, Hanoi' },
    phone: '024 7300 6867',
  },
  refund: null,
  order: { number: 'HN1-261031-0042', orderedAt: '2026-10-31T15:29:00.000Z', cashier: 'Vũ Thị Hạnh', till: 'Q02' },
  patient: { name: 'Nguyễn Thị Hồng Nhung', code: 'BN-000482', birthYear: 1987 },
  customer: null,
  doctor: 'BS.CKII Nguyễn Hữu Nghĩa',
  priced: true,
  lines: services.slice(0, 4).map(([code, vi, en, price], index) => ({
    code,
    name: { vi, en },
    listPrice: String(price),
    discountPercent: index === 2 ? '12.5' : null,
    discount: index === 2 ? String(price / 8n) : '0',
    net: String(index === 2 ? price - price / 8n : price),
  })),
  totals: { list: '1295000', discount: '80000', net: '1215000' },
  vat: { kind: 'exempt' },
  tenders: [
    { kind: 'cash', amount: '1000000', reference: null },
    { kind: 'card', amount: '415000', reference: '**** 4821' },
  ],
  rounding: '0',
  change: '200000',
  due: '0',
  note: null,
  qr: {
    url: 'https://portal.sapoche.example/r/HN1-261031-0042',
    caption: { vi: 'Quét mã để xem kết quả', en: 'Scan to see your results' },
  },
  copy: 0,
};
