import { z } from 'zod';
import { code, line, searchText } from '@/server/domain/fields';
import { LIST_SORTS } from '@/server/domain/lists';
import { SHIFT_STATES } from '@/server/domain/states';
import type { Tier } from '@/server/domain/tier';
import { cartService, type PriceReason, type ServiceFacts } from '@/server/modules/sales/orders/schema';
import { calendarDay } from '@/server/platform/clock';
import { type Page, pageInput, sortInput } from '@/server/platform/paging';

export type { PriceReason } from '@/server/modules/sales/orders/schema';

export const openShiftInput = z.object({
  tillId: z.uuid(),
  /** Cash in the drawer at the start, minor units. */
  floatAmount: z.bigint().min(0n).max(1_000_000_000_000n),
});

export const closeShiftInput = z.object({
  shiftId: z.uuid(),
  /** Denomination in minor units → pieces, counted without sight of what is expected. */
  denominations: z.record(z.string().regex(/^[1-9]\d{0,8}$/), z.number().int().min(0).max(1_000_000)),
});
export const shiftId = z.object({ shiftId: z.uuid() });
/** What a list of shifts can be sorted by. */
export const SHIFT_SORTS = LIST_SORTS.shifts;
export const shiftFilterInput = z.object({
  state: z.enum(SHIFT_STATES).optional(),
  /** Business days on which shifts were opened, inclusive. */
  from: calendarDay.optional(),
  to: calendarDay.optional(),
});
export const listShiftsInput = pageInput.extend({ ...shiftFilterInput.shape, sort: sortInput(SHIFT_SORTS) });

export type TillRow = { id: string; code: string; name: string; inUseBy: string | null };

export type ShiftState = (typeof SHIFT_STATES)[number];

/** The cashier's own shift as the till shows it. `expectedCash` is null for who will count blind. */
export type CurrentShift = {
  id: string;
  tillCode: string;
  tillName: string;
  openedAt: Date;
  currency: string;
  floatAmount: bigint;
  orders: number;
  expectedCash: bigint | null;
};

/** An order of a shift on which the three sums (orders, payments, drawer ledger) do not agree. */
export type SumGap = { orderId: string | null; number: string | null; ordered: bigint; paid: bigint; ledger: bigint };

/** A closed shift that waits to be accepted. `gap` is what was counted less what the drawer should have held. */
export type WaitingShift = { id: string; tillCode: string; cashierName: string; currency: string; gap: bigint };

/** The shifts of a business day (YYYY-MM-DD): how many, how many stand open, what the closed ones took; and what waits. */
export type ShiftDay = {
  day: string;
  shifts: number;
  open: number;
  taken: bigint;
  currency: string;
  waiting: WaitingShift[];
  waitingCount: number;
};

export type ShiftReport = {
  id: string;
  state: ShiftState;
  tillCode: string;
  tillName: string;
  branchCode: string;
  cashierName: string;
  /** Whether it stands open and its cashier cannot close it: the branch manager does. */
  cashierAway: boolean;
  openedAt: Date;
  closedAt: Date | null;
  acceptedAt: Date | null;
  acceptedByName: string | null;
  currency: string;
  floatAmount: bigint;
  /** Null while the shift is open: the count is blind. */
  countedCash: bigint | null;
  expectedCash: bigint | null;
  orders: number;
  methods: { method: 'cash' | 'card' | 'transfer'; payments: number; amount: bigint }[];
  /** What the drawer got more than its payments settled, because notes could not make them; less where negative. */
  rounding: bigint;
  sums: { ordered: bigint; paid: bigint; ledger: bigint };
  /** What was given back in this shift, or of what it sold; `here`: this shift paid it. Nothing while it is open. */
  refunds: {
    id: string;
    orderId: string;
    number: string;
    at: Date;
    total: bigint;
    paidBack: bigint;
    here: boolean;
    sold: boolean;
  }[];
  gaps: SumGap[];
};

export type ShiftRow = Pick<
  ShiftReport,
  | 'id'
  | 'state'
  | 'tillCode'
  | 'branchCode'
  | 'cashierName'
  | 'openedAt'
  | 'closedAt'
  | 'currency'
  | 'countedCash'
  | 'expectedCash'
> & {
  /** The business day on which it was opened, YYYY-MM-DD. */
  day: string;
  orders: number;
  taken: bigint;
};

/** What the shifts of a business day come to under the filters; `gap` is null while none is counted. */
export type DayOfShifts = Pick<ShiftDay, 'day' | 'shifts' | 'open' | 'taken' | 'currency'> & { gap: bigint | null };

/** A page of shifts, with the days that they are of. */
export type ShiftPage = Page<ShiftRow> & { days: DayOfShifts[] };

export const quoteInput = z.object({
  patientId: z.uuid().nullish(),
  customerId: z.uuid().nullish(),
  services: z.array(cartService).max(100),
});
export type QuoteInput = z.output<typeof quoteInput>;

export type QuotedLine = Partial<ServiceFacts> & {
  code: string;
  listPrice: bigint | null;
  currency: string | null;
  discountPercent: string;
  discount: bigint | null;
  net: bigint | null;
  reason: PriceReason | null;
  /** Code of what forbids the sale of this line, or null. */
  problem: string | null;
  /** Code of a package in the same cart that holds this service already. */
  includedIn: string | null;
};

/** A service as the till may sell it today; `price` is null where no rate card lists it. */
export type Sellable = ServiceFacts & {
  sex: 'any' | 'female' | 'male';
  minAge: number | null;
  maxAge: number | null;
  price: bigint | null;
  currency: string | null;
  reason: PriceReason | null;
  components: string[];
};

export const sellableInput = z.object({ customerId: z.uuid().nullish() });
export const lookupInput = z.object({ search: searchText });

export type PayerRow = { id: string; code: string; name: string; tier: Tier };
export type ReferrerRow = { id: string; code: string; name: string };

/** One row of `tills.csv`. */
export const tillFileRow = z.object({
  branch: line('shortCode'),
  code: code('shortCode'),
  name: line('personName'),
});
export type TillFileRow = z.infer<typeof tillFileRow>;
