import { describe, expect, it } from 'vitest';
import {
  canonicalJson,
  categoryName,
  contentHash,
  contentOf,
  pdfView,
  ruleOfParts,
  shortName,
  statementNumber,
  verifyAddress,
} from './rules';
import type { LineFacts, RulePart, StatementFacts } from './schema';

const part = (parts: Partial<RulePart>): RulePart =>
  ({ ruleId: 'r', kind: 'percent', value: '10', from: '0', cap: null, part: '1000', ...parts }) as RulePart;

describe('the arithmetic of a line', () => {
  it('of no rule is none', () => {
    expect(ruleOfParts([], 0n)).toEqual({ kind: 'none' });
  });

  it('by percents names each band with what falls into it, and its cap only where that took effect', () => {
    const bands = [
      part({ part: '1000000', cap: '150000' }),
      part({ value: '12.5', from: '1000000', part: '400000', cap: '140000' }),
    ];
    const named = [
      { percent: '10', from: '0', base: '1000000' },
      { percent: '12.5', from: '1000000', base: '400000' },
    ];
    expect(ruleOfParts(bands, 150_000n)).toEqual({ kind: 'percent', parts: named, cap: null });
    expect(ruleOfParts(bands, 140_000n)).toEqual({ kind: 'percent', parts: named, cap: '140000' });
    // A refund takes back what was given.
    expect(ruleOfParts(bands, -140_000n)).toMatchObject({ cap: '140000' });
    expect(ruleOfParts(bands, -150_000n)).toMatchObject({ cap: null });
    expect(ruleOfParts([part({ part: '1000000' })], 5n)).toMatchObject({ cap: null });
  });

  it('of an amount rounds it to whole money, and names a cap only where that took effect', () => {
    const fixed = part({ kind: 'fixed', value: '20000.5', cap: '15000' });
    expect(ruleOfParts([fixed], 15_000n)).toEqual({ kind: 'fixed', amount: '20001', cap: '15000' });
    expect(ruleOfParts([{ ...fixed, cap: '30000' }], 20_001n)).toEqual({ kind: 'fixed', amount: '20001', cap: null });
    expect(ruleOfParts([{ ...fixed, cap: null }], 1n)).toEqual({ kind: 'fixed', amount: '20001', cap: null });
  });
});

describe('names on a statement', () => {
  it('are those that people know', () => {
    expect(categoryName('imaging')).toEqual({ vi: 'Chẩn đoán hình ảnh', en: 'Imaging' });
    expect(categoryName('x-ray')).toEqual({ vi: 'x-ray', en: 'x-ray' });
    expect([shortName('  Lê  Thanh Mai '), shortName('Mai'), shortName('Đỗ 𝒜nh An')]).toEqual([
      'L. T. Mai',
      'Mai',
      'Đ. 𝒜. An',
    ]);
    expect([statementNumber('2026-10', 'D1', 1), statementNumber('2026-10', 'D1', 2)]).toEqual([
      '2026-10-D1',
      '2026-10-D1-2',
    ]);
    expect([verifyAddress('https://x.example/', 'ab'), verifyAddress('https://x.example/p', 'ab')]).toEqual([
      'https://x.example/verify/ab',
      'https://x.example/p/verify/ab',
    ]);
  });
});

const line = (parts: Partial<LineFacts>): LineFacts => ({
  position: 1,
  kind: 'sale',
  settledAt: new Date('2026-10-05T02:00:00Z'),
  base: 1000n,
  commission: 100n,
  parts: [part({})],
  carried: false,
  orderNumber: 'N1',
  externalRef: null,
  patientName: 'Lê Thanh Mai',
  serviceCode: 'CBC',
  serviceVi: 'Công thức máu',
  serviceEn: 'Blood count',
  category: 'hematology',
  ...parts,
});

const facts = (lines: LineFacts[]): StatementFacts => ({
  id: 's',
  month: '2026-10',
  version: 2,
  doctorCode: 'D1',
  doctorName: 'BS. An',
  planCode: 'FLAT',
  orders: 2,
  lines: 3,
  base: 1n,
  commission: 2n,
  adjustments: 3n,
  carryForward: 4n,
  taxRate: '10',
  tax: 5n,
  payable: 6n,
  currency: 'VND',
  statementLines: lines,
  adjustmentLines: [{ at: new Date('2026-10-31T18:00:00Z'), reason: 'thưởng', amount: -7n }],
});

const issuer = {
  nameVi: 'Sapoche VN',
  nameEn: 'Sapoche EN',
  address: '1 Lê Lợi',
  phone: '',
  taxCode: '0301',
  timeZone: 'Asia/Ho_Chi_Minh',
  withholdingThreshold: 2_000_000n,
};

describe('what a statement says', () => {
  const lines = [
    line({}),
    line({ position: 2, category: 'imaging', serviceCode: 'CXR', base: 5000n, commission: 500n }),
    line({
      position: 3,
      orderNumber: 'N2',
      externalRef: 'REF',
      settledAt: new Date('2026-10-05T17:00:00Z'),
      base: 500n,
      commission: 50n,
    }),
    line({ position: 4, category: 'package', base: 1500n, commission: 1n, kind: 'refund' }),
    line({ position: 5, carried: true, base: 9000n }),
  ];
  const content = contentOf(facts(lines), issuer as never, new Date('2026-11-01T00:00:00Z'));

  it('is who, what and how much', () => {
    expect({ ...content, days: [], carried: [], categories: [] }).toEqual({
      format: 1,
      currency: 'VND',
      timeZone: 'Asia/Ho_Chi_Minh',
      issuedAt: '2026-11-01T00:00:00.000Z',
      organisation: {
        name: { vi: 'Sapoche VN', en: 'Sapoche EN' },
        address: { vi: '1 Lê Lợi', en: '1 Lê Lợi' },
        phone: null,
        email: null,
        website: null,
        taxCode: '0301',
        licence: null,
      },
      statement: { number: '2026-10-D1-2', version: 2, period: '2026-10' },
      doctor: { code: 'D1', name: 'BS. An', plan: 'FLAT' },
      sums: {
        orders: 2,
        lines: 3,
        base: '1',
        commission: '2',
        adjustments: '3',
        carryForward: '4',
        taxRate: '10',
        taxThreshold: '2000000',
        tax: '5',
        payable: '6',
      },
      categories: [],
      days: [],
      carried: [],
      adjustments: [{ day: '2026-11-01', reason: 'thưởng', amount: '-7' }],
    });
    const bare = contentOf(facts([]), { ...issuer, phone: '1900', taxCode: '' } as never, new Date(0));
    expect(bare.organisation).toMatchObject({ phone: '1900', taxCode: null });
  });

  it('sums the lines of its own month by category, the greatest first and equal ones by their code', () => {
    expect(
      content.categories.map(({ category, lines: n, base, commission }) => [category, n, base, commission]),
    ).toEqual([
      ['imaging', 1, '5000', '500'],
      ['hematology', 2, '1500', '150'],
      ['package', 1, '1500', '1'],
    ]);
    expect(content.categories[0]?.name.en).toBe('Imaging');
  });

  it('lists lines under their business day and order, those carried in from before apart', () => {
    expect(
      content.days.map(({ day, orders }) => [
        day,
        orders.map(({ number, lines: own }) => [number, own.map(({ position }) => position)]),
      ]),
    ).toEqual([
      ['2026-10-05', [['N1', [1, 2, 4]]]],
      ['2026-10-06', [['N2', [3]]]],
    ]);
    expect(content.days[1]?.orders[0]).toMatchObject({ reference: 'REF', patient: 'L. T. Mai' });
    expect(content.days[0]?.orders[0]?.lines[0]).toEqual({
      position: 1,
      code: 'CBC',
      name: { vi: 'Công thức máu', en: 'Blood count' },
      category: 'hematology',
      kind: 'sale',
      base: '1000',
      commission: '100',
      rule: { kind: 'percent', parts: [{ percent: '10', from: '0', base: '1000' }], cap: null },
    });
    expect(content.carried).toMatchObject([
      { day: '2026-10-05', orders: [{ number: 'N1', lines: [{ position: 5 }] }] },
    ]);
  });

  it('has one spelling, whatever the order of its words, and one hash', () => {
    const turned = Object.fromEntries(Object.entries(content).toReversed()) as typeof content;
    expect(canonicalJson(turned)).toBe(canonicalJson(content));
    expect(canonicalJson(content)).toMatch(/^\{"adjustments":/);
    expect(contentHash(turned)).toBe(contentHash(content));
    expect(contentHash({ ...content, currency: 'USD' })).not.toBe(contentHash(content));
    expect(() => canonicalJson(undefined as never)).toThrow('content has no JSON');
  });
});

describe('the paper of a statement', () => {
  const lines = [
    line({ commission: 100n, externalRef: 'REF' }),
    line({ position: 2, carried: true, commission: 7n, settledAt: new Date('2026-08-31T17:00:00Z') }),
    line({ position: 3, carried: true, commission: -20n, settledAt: new Date('2026-09-01T02:00:00Z') }),
    line({
      position: 4,
      carried: true,
      orderNumber: 'N2',
      externalRef: 'LATE',
      settledAt: new Date('2026-09-02T02:00:00Z'),
    }),
  ];
  const content = contentOf(facts(lines), issuer as never, new Date('2026-11-01T00:00:00Z'));

  it('says what was frozen, what was carried order by order, and where its seal is checked', () => {
    const carried = (day: string, order: string, amount: string) => ({
      day,
      reason: {
        vi: `Chuyển kỳ từ tháng 09/2026: đơn ${order}`,
        en: `Carried forward from 2026-09: order ${order}`,
      },
      amount,
      kind: 'carry-forward',
    });
    expect(pdfView(content, 'ab', 'https://x.example/')).toEqual({
      ...content,
      statement: { number: '2026-10-D1-2', version: 2, period: '2026-10', state: 'approved' },
      doctor: { code: 'D1', name: 'BS. An', plan: { vi: 'FLAT', en: 'FLAT' }, phone: null, email: null },
      adjustments: [
        { day: '2026-11-01', reason: { vi: 'thưởng', en: 'thưởng' }, amount: '-7', kind: 'adjustment' },
        carried('2026-09-01', 'N1', '-13'),
        carried('2026-09-02', 'LATE', '100'),
      ],
      seal: { hash: 'ab', verifyUrl: 'https://x.example/verify/ab', sealedAt: '2026-11-01T00:00:00.000Z' },
    });
  });

  it('names no plan where there is none', () => {
    const bare = contentOf({ ...facts([]), planCode: null }, issuer as never, new Date(0));
    expect(pdfView(bare, 'ab', 'https://x.example').doctor.plan).toBeNull();
  });
});
