import type { MonthOverview, StatementContent, StatementDetail } from '@/server/modules/referral/statements/schema';

export const statementId = '00000000-0000-7000-8000-000000000041';

export const month = (more: Partial<MonthOverview> = {}): MonthOverview => ({
  month: '2026-10',
  state: 'open',
  sealedAt: null,
  over: true,
  run: null,
  currency: 'VND',
  totals: {
    statements: 3,
    orders: 10,
    lines: 20,
    base: 9_000_000n,
    commission: 900_000n,
    adjustments: 0n,
    carryForward: 0n,
    tax: 90_000n,
    payable: 810_000n,
  },
  states: { draft: 2, reviewed: 1, approved: 0, published: 0, paid: 0, superseded: 0 },
  withoutChannel: 0,
  lateOrders: 0,
  attention: [],
  ...more,
});

const line = (position: number, more: Partial<StatementContent['days'][0]['orders'][0]['lines'][0]> = {}) => ({
  position,
  code: 'CBC',
  name: { vi: 'Công thức máu', en: 'Blood count' },
  category: 'hematology',
  kind: 'sale' as const,
  base: '1000000',
  commission: '125000',
  rule: { kind: 'percent' as const, parts: [{ percent: '12.500', from: '0', base: '1000000' }], cap: null },
  ...more,
});

export const content = (more: Partial<StatementContent> = {}): StatementContent => ({
  format: 1,
  currency: 'VND',
  timeZone: 'Asia/Ho_Chi_Minh',
  issuedAt: '2026-11-02T01:00:00Z',
  organisation: {
    name: { vi: 'Xét nghiệm Sapoche', en: 'Sapoche Laboratories' },
    address: { vi: 'Sài Gòn', en: 'Saigon' },
    phone: '02838000000',
    email: null,
    website: null,
    taxCode: null,
    licence: null,
  },
  statement: { number: 'BK-202610-BS1', version: 1, period: '2026-10' },
  doctor: { code: 'BS1', name: 'Lê Văn An', plan: 'CHUAN' },
  sums: {
    orders: 1,
    lines: 1,
    base: '1000000',
    commission: '125000',
    adjustments: '0',
    carryForward: '0',
    taxRate: '7.5',
    taxThreshold: '2000000',
    tax: '9375',
    payable: '115625',
  },
  categories: [
    {
      category: 'hematology',
      name: { vi: 'Huyết học', en: 'Hematology' },
      lines: 1,
      base: '1000000',
      commission: '125000',
    },
  ],
  days: [{ day: '2026-10-05', orders: [{ number: 'HCM-7', reference: null, patient: 'Đ. T. Mai', lines: [line(1)] }] }],
  carried: [],
  adjustments: [],
  ...more,
});

export { line };

export const statement = (more: Partial<StatementDetail> = {}): StatementDetail => ({
  id: statementId,
  month: '2026-10',
  state: 'draft',
  hash: null,
  doctorId: '00000000-0000-7000-8000-000000000042',
  reviewedAt: null,
  approvedAt: null,
  publishedAt: null,
  hasChannel: true,
  documents: [],
  content: content(),
  ...more,
});
