import { z } from 'zod';
import { line, lineOrNull, noteOrNull, searchText } from '@/server/domain/fields';
import { LIST_SORTS } from '@/server/domain/lists';
import { ORDER_SOURCES, ORDER_STATES } from '@/server/domain/states';
import type { Tier } from '@/server/domain/tier';
import { calendarDay } from '@/server/platform/clock';
import { pageInput, sortInput } from '@/server/platform/paging';

export { ORDER_SOURCES, ORDER_STATES };

export const METHODS = ['cash', 'card', 'transfer'] as const;
export type Method = (typeof METHODS)[number];

const amount = z.bigint().min(1n).max(1_000_000_000_000n);
const serviceCode = line('code');

/** A service of a cart, by its code. */
export const cartService = z.object({
  code: serviceCode,
  /** Percent with up to three decimals, as a program writes it: `12.5`, never `12.500`, which people read in two ways. */
  discountPercent: z
    .string()
    .regex(/^(100|\d|[1-9]\d|(\d|[1-9]\d)\.\d{0,2}[1-9])$/)
    .default('0'),
});

export const createPaidOrderInput = z.object({
  /** Made by the till before it asks; the same key again answers the same order. */
  clientKey: z.uuid(),
  shiftId: z.uuid().nullish(),
  services: z.array(cartService).max(100),
  patientId: z.uuid(),
  customerId: z.uuid().nullish(),
  doctorId: z.uuid().nullish(),
  /** account: billed to the customer. immediate: paid at the counter, in full unless `unpaid` says otherwise. */
  terms: z.enum(['immediate', 'account']),
  unpaid: z.boolean().default(false),
  /** The total that the person saw; a sale at another total is refused. */
  expectedNet: z.bigint().min(0n).nullish(),
  payments: z
    .array(
      z.object({
        clientKey: z.uuid().nullish(),
        method: z.enum(METHODS),
        amount,
        tendered: amount.nullish(),
        reference: lineOrNull('reference').optional(),
      }),
    )
    .max(10),
  note: noteOrNull('note').optional(),
});
export type PaidOrderCart = z.output<typeof createPaidOrderInput>;

/** A sale as it is asked for from outside: never without the total that the person saw. */
export const soldCartInput = createPaidOrderInput.extend({ expectedNet: z.bigint().min(0n) });

/** What the till shows after a sale. Minor units. */
export type PaidOrder = {
  orderId: string;
  number: string;
  orderedAt: Date;
  currency: string;
  terms: 'immediate' | 'account';
  listTotal: bigint;
  discountTotal: bigint;
  netTotal: bigint;
  /** What of the total is settled. */
  paid: bigint;
  /** What cash was rounded by: the drawer got as much more than was settled, or less where negative. */
  rounding: bigint;
  change: bigint;
  due: bigint;
  settled: boolean;
  /** This key had been sold already: nothing was written now. */
  replayed: boolean;
};

/** Why a price is what it is: the rate card, its scope and its validity (`validTo` is the first day after it). */
export type PriceReason = {
  rateCard: string;
  scope: 'all' | 'branch' | 'tier' | 'customer';
  validFrom: string;
  validTo: string | null;
};

export type ServiceFacts = {
  code: string;
  nameVi: string;
  nameEn: string;
  kind: 'test' | 'imaging' | 'package' | 'home-kit';
  category: string;
};

export type OrderState = (typeof ORDER_STATES)[number];
export type OrderSource = (typeof ORDER_SOURCES)[number];

const orderFilters = {
  search: searchText.optional(),
  /** Business days, inclusive. */
  from: calendarDay.optional(),
  to: calendarDay.optional(),
  branch: line('shortCode').optional(),
  source: z.enum(ORDER_SOURCES).optional(),
  state: z.enum(ORDER_STATES).optional(),
};
export const orderFilterInput = z.object(orderFilters);
export type OrderFilter = z.output<typeof orderFilterInput>;
/** What a list of orders can be sorted by. */
export const ORDER_SORTS = LIST_SORTS.orders;
export const listOrdersInput = pageInput.extend({ ...orderFilters, sort: sortInput(ORDER_SORTS) });
export const orderId = z.object({ id: z.uuid() });
export const receiptInput = z.object({ orderId: z.uuid(), language: z.enum(['vi', 'en']).default('vi') });

export type OrderRow = {
  id: string;
  number: string;
  orderedAt: Date;
  branchCode: string;
  patientName: string;
  patientCode: string;
  customerName: string | null;
  doctorName: string | null;
  tier: Tier;
  source: OrderSource;
  state: OrderState;
  lineCount: number;
  netTotal: bigint;
  /** What is still owed. */
  due: bigint;
  currency: string;
};

/** So many of today's orders are shown at once, the newest. */
export const TODAYS_ORDERS = 300;

/** An order of today as those see it who do what was ordered: for whom, what, and no money. */
export type TodaysOrder = {
  id: string;
  number: string;
  orderedAt: Date;
  patientId: string;
  patientName: string;
  patientCode: string;
  dob: string;
  sex: 'female' | 'male';
  note: string | null;
  services: Pick<ServiceFacts, 'code' | 'nameVi' | 'nameEn' | 'category'>[];
};

export type OrderTotals = {
  orders: number;
  list: bigint;
  discount: bigint;
  net: bigint;
  due: bigint;
  currency: string;
};

export type OrderLineRow = ServiceFacts & {
  position: number;
  listPrice: bigint;
  discountPercent: string;
  discount: bigint;
  net: bigint;
  refunded: boolean;
  /** What of the net was given back. */
  givenBack: bigint;
  reason: PriceReason;
};

export type OrderDetail = OrderRow & {
  accession: string | null;
  externalRef: string | null;
  uploadId: string | null;
  terms: 'immediate' | 'account';
  settledAt: Date | null;
  listTotal: bigint;
  discountTotal: bigint;
  note: string | null;
  branchNameVi: string;
  branchNameEn: string;
  patient: { id: string; dob: string; sex: 'female' | 'male'; phone: string };
  cashier: string | null;
  till: string | null;
  lines: OrderLineRow[];
  payments: {
    id: string;
    method: Method;
    amount: bigint;
    tendered: bigint | null;
    /** What of it went back over the counter: cash is rounded by what notes can make. */
    change: bigint | null;
    reference: string | null;
    paidAt: Date;
    refund: boolean;
  }[];
  labels: { barcode: string; category: string }[];
  documents: { id: string; kind: string; language: 'vi' | 'en'; version: number; createdAt: Date }[];
  events: { at: Date; action: string; actorKind: string; actorName: string | null }[];
};

/** A prepared order with what the laboratory does for it. `dob` is YYYY-MM-DD, `phone` E.164. */
export type LisOrderRow = {
  orderId: string;
  number: string;
  accession: string;
  orderedAt: Date;
  branchCode: string;
  patient: { code: string; fullName: string; dob: string; sex: 'female' | 'male'; phone: string };
  doctor: { code: string; name: string } | null;
  services: { code: string; name: string }[];
};
