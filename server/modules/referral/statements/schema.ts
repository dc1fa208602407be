import { z } from 'zod';
import { LIST_SORTS } from '@/server/domain/lists';
import { STATEMENT_STATES } from '@/server/domain/states';
import { calendarMonth } from '@/server/platform/clock';
import { pageInput, sortInput } from '@/server/platform/paging';

/** YYYY-MM, in the organisation's zone. */
export const month = calendarMonth;
/** Minor units as decimal text: what is frozen and hashed holds no floating point. */
const amount = z.string().regex(/^-?\d+$/);
const words = z.object({ vi: z.string(), en: z.string() });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/**
 * How a line's commission came about. `cap` is set only when it took effect. A part is the piece of the line that fell into
 * one band: `from` is the running net revenue at which the band begins, `base` the piece, `percent` a decimal text.
 */
export const lineRule = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('percent'),
    parts: z.array(z.object({ percent: z.string(), from: amount, base: amount })),
    cap: amount.nullable(),
  }),
  z.object({ kind: z.literal('fixed'), amount, cap: amount.nullable() }),
  z.object({ kind: z.literal('none') }),
]);
export type LineRule = z.infer<typeof lineRule>;

/** One line; `position` names it within its statement. A refund carries negative amounts and the rule of its sale. */
export const publishedLine = z.object({
  position: z.number().int(),
  code: z.string(),
  name: words,
  category: z.string(),
  kind: z.enum(['sale', 'refund']),
  base: amount,
  commission: amount,
  rule: lineRule,
});
export type PublishedLine = z.infer<typeof publishedLine>;
export const publishedOrder = z.object({
  number: z.string(),
  reference: z.string().nullable(),
  /** Initials and given name ("L. T. Mai"): enough to know one's own patient by. */
  patient: z.string(),
  lines: z.array(publishedLine),
});
export type PublishedOrder = z.infer<typeof publishedOrder>;

/** The orders that were settled (or refunded) on one business day. */
export const publishedDay = z.object({ day, orders: z.array(publishedOrder) });
export type PublishedDay = z.infer<typeof publishedDay>;

/** What is frozen when a statement is approved; its hash is the SHA-256 of its canonical JSON (RFC 8785). */
export const statementContent = z.object({
  format: z.literal(1),
  currency: z.string(),
  timeZone: z.string(),
  /** When it was approved, ISO UTC. */
  issuedAt: z.string(),
  organisation: z.object({
    name: words,
    address: words,
    phone: z.string().nullable(),
    email: z.string().nullable(),
    website: z.string().nullable(),
    taxCode: z.string().nullable(),
    licence: words.nullable(),
  }),
  statement: z.object({ number: z.string(), version: z.number().int(), period: month }),
  doctor: z.object({ code: z.string(), name: z.string(), plan: z.string().nullable() }),
  /** `orders`, `lines`, `base` and `commission` are the month's own; carried lines are in `carryForward` alone. */
  sums: z.object({
    orders: z.number().int(),
    lines: z.number().int(),
    base: amount,
    commission: amount,
    adjustments: amount,
    carryForward: amount,
    taxRate: z.string(),
    taxThreshold: amount,
    tax: amount,
    payable: amount,
  }),
  /** The month's own revenue by category of service, largest first. */
  categories: z.array(
    z.object({ category: z.string(), name: words, lines: z.number().int(), base: amount, commission: amount }),
  ),
  days: z.array(publishedDay),
  /** What arrived late for a sealed month, under the day it happened. */
  carried: z.array(publishedDay),
  adjustments: z.array(z.object({ day, reason: z.string(), amount })),
});
export type StatementContent = z.infer<typeof statementContent>;

export const statementState = z.enum(STATEMENT_STATES);
export type StatementState = z.infer<typeof statementState>;

/** A sealed statement as its doctor sees it: the frozen content, its seal, and where it stands now. */
export const publishedStatement = statementContent.extend({
  id: z.uuid(),
  state: statementState,
  /** Languages in which the PDF is ready, in the order vi, en. */
  documents: z.array(z.enum(['vi', 'en'])),
  publishedAt: z.string().nullable(),
  paidAt: z.string().nullable(),
  seal: z.object({ hash: z.string(), verifyUrl: z.string(), sealedAt: z.string() }),
});
export type PublishedStatement = z.infer<typeof publishedStatement>;

/** One band's piece of a line, as the database keeps it: money as text, `cap` as the rule has it. */
export type RulePart = {
  ruleId: string;
  kind: 'percent' | 'fixed';
  value: string;
  from: string;
  part: string;
  cap: string | null;
};

export type LineFacts = {
  position: number;
  kind: 'sale' | 'refund';
  settledAt: Date;
  base: bigint;
  commission: bigint;
  parts: RulePart[];
  carried: boolean;
  orderNumber: string;
  externalRef: string | null;
  patientName: string;
  serviceCode: string;
  serviceVi: string;
  serviceEn: string;
  category: string;
};

/** What a statement says of its issuer, and the threshold it was taxed by. */
export type Issuer = {
  nameVi: string;
  nameEn: string;
  address: string;
  phone: string;
  taxCode: string;
  timeZone: string;
  withholdingThreshold: bigint;
};

/** A statement with everything its content is made of. */
export type StatementFacts = {
  id: string;
  month: string;
  version: number;
  doctorCode: string;
  doctorName: string;
  planCode: string | null;
  orders: number;
  lines: number;
  base: bigint;
  commission: bigint;
  adjustments: bigint;
  carryForward: bigint;
  taxRate: string;
  tax: bigint;
  payable: bigint;
  currency: string;
  statementLines: LineFacts[];
  adjustmentLines: { at: Date; reason: string; amount: bigint }[];
};

export const monthInput = z.object({ month });
export const statementId = z.object({ statementId: z.uuid() });
export const reviewInput = statementId.extend({ reviewed: z.boolean() });
export const monthActionInput = z.object({ month, only: z.array(z.uuid()).max(500).nullish() });
/** `beforeEnd`: the person was warned that the month has not ended, and what that means. */
export const approveInput = monthActionInput.extend({ beforeEnd: z.boolean().default(false) });
export const STATEMENT_SORTS = LIST_SORTS.statements;
const listed = { month, state: statementState.nullish(), sort: sortInput(STATEMENT_SORTS) };
export const listStatementsInput = pageInput.extend(listed);
export type ListStatements = z.output<typeof listStatementsInput>;
export const hashInput = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) });

export type PeriodRow = {
  month: string;
  state: 'open' | 'sealed';
  statements: number;
  commission: bigint;
  tax: bigint;
  payable: bigint;
  base: bigint;
  published: number;
  running: boolean;
};

export type RunProgress = {
  id: string;
  state: 'requested' | 'running' | 'done' | 'failed';
  doctorsTotal: number;
  doctorsDone: number;
  failure: string | null;
  requestedAt: Date;
  finishedAt: Date | null;
};

/** What deserves a person's eye before a month is approved. */
export type Attention = {
  kind: 'no-channel' | 'no-plan' | 'outlier' | 'negative';
  statementId: string;
  doctorCode: string;
  doctorName: string;
  payable: bigint;
  /** The doctor's average of the three months before, for an outlier. */
  usual: bigint | null;
};

export type MonthOverview = {
  month: string;
  state: 'open' | 'sealed' | 'none';
  sealedAt: Date | null;
  /** Whether the month has ended in the organisation's zone. */
  over: boolean;
  run: RunProgress | null;
  currency: string;
  totals: {
    statements: number;
    orders: number;
    lines: number;
    base: bigint;
    commission: bigint;
    adjustments: bigint;
    carryForward: bigint;
    tax: bigint;
    payable: bigint;
  };
  states: Record<StatementState, number>;
  withoutChannel: number;
  /** Orders of the month that became known after its last run. */
  lateOrders: number;
  attention: Attention[];
};

export type StatementRow = {
  id: string;
  doctorCode: string;
  doctorName: string;
  state: StatementState;
  orders: number;
  lines: number;
  base: bigint;
  commission: bigint;
  adjustments: bigint;
  carryForward: bigint;
  tax: bigint;
  payable: bigint;
  hasChannel: boolean;
  hasLink: boolean;
};

/** A statement on the finance officer's screen: the frozen content where it is sealed, else the draft's own. */
export type StatementDetail = {
  id: string;
  month: string;
  state: StatementState;
  hash: string | null;
  doctorId: string;
  reviewedAt: Date | null;
  approvedAt: Date | null;
  publishedAt: Date | null;
  hasChannel: boolean;
  documents: ('vi' | 'en')[];
  content: StatementContent;
};

/** A statement on the command line. */
export type ShownStatement = {
  doctor: string;
  orders: number;
  lines: number;
  base: bigint;
  commission: bigint;
  adjustments: bigint;
  carryForward: bigint;
  tax: bigint;
  payable: bigint;
  state: StatementState;
};

/** What the public may learn of a sealed statement from the hash on its PDF. */
export type VerifiedSeal = {
  number: string;
  month: string;
  issuer: { vi: string; en: string };
  sealedAt: string;
  payable: string;
  currency: string;
  state: 'in-force' | 'superseded';
  /** Whether the frozen content still has this hash, and the ledger the frozen figures. */
  intact: boolean;
};
