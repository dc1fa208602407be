import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { businessDay } from '@/server/platform/clock';
import { divideRounded, millionths } from '@/server/platform/money';
import type {
  Issuer,
  LineFacts,
  LineRule,
  PublishedDay,
  PublishedLine,
  RulePart,
  StatementContent,
  StatementFacts,
} from './schema';

/** Categories of service that people know by a name; another is shown by its own code. */
const CATEGORIES: Record<string, { vi: string; en: string }> = {
  hematology: { vi: 'Huyết học', en: 'Hematology' },
  biochemistry: { vi: 'Sinh hóa', en: 'Biochemistry' },
  immunology: { vi: 'Miễn dịch', en: 'Immunology' },
  microbiology: { vi: 'Vi sinh', en: 'Microbiology' },
  molecular: { vi: 'Sinh học phân tử', en: 'Molecular biology' },
  cardiology: { vi: 'Tim mạch', en: 'Cardiology' },
  pathology: { vi: 'Giải phẫu bệnh', en: 'Pathology' },
  imaging: { vi: 'Chẩn đoán hình ảnh', en: 'Imaging' },
  package: { vi: 'Gói khám', en: 'Packages' },
  'home-kit': { vi: 'Bộ lấy mẫu tại nhà', en: 'Home kits' },
};

export const categoryName = (category: string): { vi: string; en: string } =>
  CATEGORIES[category] ?? { vi: category, en: category };

/** "Lê Thanh Mai" as "L. T. Mai": a Vietnamese name ends with the one a person is called by. */
export function shortName(fullName: string): string {
  const names = fullName.trim().split(/\s+/);
  return names.map((name, at) => (at === names.length - 1 ? name : `${[...name][0] ?? ''}.`)).join(' ');
}

/** What people call a statement: month, doctor, and from the second one on its version. */
export const statementNumber = (month: string, doctorCode: string, version: number): string =>
  `${month}-${doctorCode}${version > 1 ? `-${version}` : ''}`;

/** The arithmetic of a line from the rows it was calculated with; a cap is named only where it took effect. */
export function ruleOfParts(parts: readonly RulePart[], commission: bigint): LineRule {
  const [first] = parts;
  if (!first) return { kind: 'none' };
  const given = commission < 0n ? -commission : commission;
  const caps = parts.flatMap(({ cap }) => (cap === null ? [] : [BigInt(cap)]));
  const least = caps.reduce<bigint | null>((min, cap) => (min === null || cap < min ? cap : min), null);
  if (first.kind === 'fixed') {
    const amount = divideRounded(millionths(first.value), 1_000_000n);
    return {
      kind: 'fixed',
      amount: amount.toString(),
      cap: amount > given && least !== null ? least.toString() : null,
    };
  }
  const exact = parts.reduce((sum, { part, value }) => sum + BigInt(part) * millionths(value), 0n);
  return {
    kind: 'percent',
    parts: parts.map(({ value, from, part }) => ({ percent: value, from, base: part })),
    cap: divideRounded(exact, 100_000_000n) > given && least !== null ? least.toString() : null,
  };
}

function publishedLine(line: LineFacts): PublishedLine {
  return {
    position: line.position,
    code: line.serviceCode,
    name: { vi: line.serviceVi, en: line.serviceEn },
    category: line.category,
    kind: line.kind,
    base: line.base.toString(),
    commission: line.commission.toString(),
    rule: ruleOfParts(line.parts, line.commission),
  };
}

/** Lines, which come in the order of their positions, under their day and order. */
function byDay(lines: readonly LineFacts[], zone: string): PublishedDay[] {
  const days = new Map<string, Map<string, PublishedDay['orders'][number]>>();
  for (const line of lines) {
    const day = businessDay(line.settledAt, zone);
    const orders = days.get(day) ?? new Map();
    days.set(day, orders);
    const order = orders.get(line.orderNumber) ?? {
      number: line.orderNumber,
      reference: line.externalRef,
      patient: shortName(line.patientName),
      lines: [],
    };
    orders.set(line.orderNumber, order);
    order.lines.push(publishedLine(line));
  }
  return [...days].map(([day, orders]) => ({ day, orders: [...orders.values()] }));
}

function byCategory(lines: readonly LineFacts[]): StatementContent['categories'] {
  const sums = new Map<string, { lines: number; base: bigint; commission: bigint }>();
  for (const { category, base, commission } of lines) {
    const sum = sums.get(category) ?? { lines: 0, base: 0n, commission: 0n };
    sums.set(category, { lines: sum.lines + 1, base: sum.base + base, commission: sum.commission + commission });
  }
  return [...sums]
    .sort(([a, x], [b, y]) => (x.base === y.base ? (a < b ? -1 : 1) : x.base > y.base ? -1 : 1))
    .map(([category, sum]) => ({
      category,
      name: categoryName(category),
      lines: sum.lines,
      base: sum.base.toString(),
      commission: sum.commission.toString(),
    }));
}

/** Everything a statement says, in one value: what is frozen at approval, and what a draft shows before it. */
export function contentOf(facts: StatementFacts, organisation: Issuer, issuedAt: Date): StatementContent {
  const own = facts.statementLines.filter(({ carried }) => !carried);
  const carried = facts.statementLines.filter((line) => line.carried);
  const address = organisation.address;
  return {
    format: 1,
    currency: facts.currency,
    timeZone: organisation.timeZone,
    issuedAt: issuedAt.toISOString(),
    organisation: {
      name: { vi: organisation.nameVi, en: organisation.nameEn },
      address: { vi: address, en: address },
      phone: organisation.phone || null,
      email: null,
      website: null,
      taxCode: organisation.taxCode || null,
      licence: null,
    },
    statement: {
      number: statementNumber(facts.month, facts.doctorCode, facts.version),
      version: facts.version,
      period: facts.month,
    },
    doctor: { code: facts.doctorCode, name: facts.doctorName, plan: facts.planCode },
    sums: {
      orders: facts.orders,
      lines: facts.lines,
      base: facts.base.toString(),
      commission: facts.commission.toString(),
      adjustments: facts.adjustments.toString(),
      carryForward: facts.carryForward.toString(),
      taxRate: facts.taxRate,
      taxThreshold: organisation.withholdingThreshold.toString(),
      tax: facts.tax.toString(),
      payable: facts.payable.toString(),
    },
    categories: byCategory(own),
    days: byDay(own, organisation.timeZone),
    carried: byDay(carried, organisation.timeZone),
    adjustments: facts.adjustmentLines.map(({ at, reason, amount }) => ({
      day: businessDay(at, organisation.timeZone),
      reason,
      amount: amount.toString(),
    })),
  };
}

/** JSON with one spelling (RFC 8785): equal contents are equal texts. */
export function canonicalJson(content: StatementContent): string {
  const json = canonicalize(content);
  if (json === undefined) throw new TypeError('content has no JSON');
  return json;
}

/** SHA-256 of the canonical JSON, in hex. */
export const contentHash = (content: StatementContent): string =>
  createHash('sha256').update(canonicalJson(content), 'utf8').digest('hex');

/** Where anybody can check a seal. */
export const verifyAddress = (publicUrl: string, hash: string): string =>
  `${publicUrl.replace(/\/$/, '')}/verify/${hash}`;

/** The frozen content as the PDF renders it. A document is rendered once, so it says `approved` whatever comes after. */
export function pdfView(content: StatementContent, hash: string, publicUrl: string) {
  const carried = content.carried.flatMap(({ day, orders }) =>
    orders.map((order) => ({
      day,
      reason: {
        vi: `Chuyển kỳ từ tháng ${day.slice(5, 7)}/${day.slice(0, 4)}: đơn ${order.reference ?? order.number}`,
        en: `Carried forward from ${day.slice(0, 7)}: order ${order.reference ?? order.number}`,
      },
      amount: order.lines.reduce((sum, line) => sum + BigInt(line.commission), 0n).toString(),
      kind: 'carry-forward' as const,
    })),
  );
  const { plan } = content.doctor;
  return {
    ...content,
    statement: { ...content.statement, state: 'approved' as const },
    doctor: { ...content.doctor, phone: null, email: null, plan: plan === null ? null : { vi: plan, en: plan } },
    adjustments: [
      ...content.adjustments.map((one) => ({
        ...one,
        reason: { vi: one.reason, en: one.reason },
        kind: 'adjustment' as const,
      })),
      ...carried,
    ],
    seal: { hash, verifyUrl: verifyAddress(publicUrl, hash), sealedAt: content.issuedAt },
  };
}
