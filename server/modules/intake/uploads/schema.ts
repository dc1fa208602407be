import { z } from 'zod';
import { LIST_SORTS } from '@/server/domain/lists';
import { PERCENT_RULE } from '@/server/domain/number';
import {
  MAX_UPLOAD_BYTES,
  OPTIONAL_COLUMNS,
  ORDER_COLUMNS,
  type OrderColumn,
  ROW_ERRORS,
  UPLOAD_EXTENSIONS,
} from '@/server/domain/order-sheet';
import { UPLOAD_STATES } from '@/server/domain/states';
import type { Tier } from '@/server/domain/tier';
import { rateCardRow } from '@/server/modules/sales/pricing/schema';
import { pageInput, sortInput } from '@/server/platform/paging';

export {
  MAX_UPLOAD_BYTES,
  OPTIONAL_COLUMNS,
  ORDER_COLUMNS,
  type OrderColumn,
  ROW_ERRORS,
  UPLOAD_EXTENSIONS,
  UPLOAD_STATES,
};

/** Titles that people write for them, beside the names themselves. */
export const ORDER_COLUMN_TITLES: Record<OrderColumn, readonly string[]> = {
  external_ref: ['Mã tham chiếu', 'Mã phiếu', 'Reference'],
  branch: ['Chi nhánh', 'Mã chi nhánh', 'Branch code'],
  ordered_at: ['Ngày giờ', 'Thời gian', 'Ngày chỉ định', 'Order date'],
  patient_name: ['Họ tên', 'Họ và tên', 'Tên bệnh nhân', 'Full name'],
  patient_dob: ['Ngày sinh', 'Date of birth'],
  patient_sex: ['Giới tính', 'Sex', 'Gender'],
  patient_phone: ['Số điện thoại', 'Điện thoại', 'SĐT', 'Phone'],
  customer_code: ['Mã khách hàng', 'Mã công ty', 'Customer'],
  doctor_code: ['Mã bác sĩ', 'Doctor'],
  service_codes: ['Mã dịch vụ', 'Dịch vụ', 'Services'],
  discount_percent: ['Giảm giá (%)', 'Chiết khấu (%)', 'Chiết khấu', 'Discount'],
  payment: ['Thanh toán', 'Hình thức thanh toán'],
  note: ['Ghi chú', 'Notes'],
};

/** Columns of days, in which day and month may have changed places. */
export const ORDER_DAYS = ['ordered_at', 'patient_dob'] as const satisfies readonly OrderColumn[];

/** Where a figure of an order may be cut, and its rest go unnoticed. */
export const ORDER_FIGURES = { figures: { discount_percent: [PERCENT_RULE] }, freeText: ['note'] };

export type RowErrorCode = (typeof ROW_ERRORS)[number];

/** What the reader says of a cell: a formula without a stored result, more text or more digits than a cell may have. */
export type CellFaultCode = 'no_result' | 'too_long' | 'lost_digits';

/**
 * A row that may be right and is yet odd: it has empty cells behind the last title, is hidden or has cells under no title; its discount
 * is a fraction of one, or has more decimals than its cell shows; its patient's name is text of a font from before Unicode, has lost letters, has none, or has some of another
 * script; its day may have the month first; its patient is older than anybody; its reference is another one's of its customer in other capitals, its order is there under another reference, its patient is known with another sex.
 */
export const ROW_WARNINGS = [
  'more_cells',
  'legacy_font',
  'garbled_name',
  'no_letter',
  'other_script',
  'am_pm',
  'old_birth',
  'small_discount',
  'rounded_figure',
  'hidden_row',
  'untitled_cell',
  'similar_ref',
  'same_order',
  'other_sex',
] as const;
export type RowWarningCode = (typeof ROW_WARNINGS)[number];

export const PAYMENTS = ['account', 'cash', 'card', 'transfer', 'unpaid'] as const;
export type UploadPayment = (typeof PAYMENTS)[number];

export type UploadState = (typeof UPLOAD_STATES)[number];

/** One wrong cell. `row` is the number the sheet shows; `params` fill the sentence. */
export type RowError = { row: number; column: string; code: RowErrorCode; params: Record<string, string> };

/** What the sheet's titles were taken for: a column of ours → the place of its cell. */
export const mappingSchema = z.partialRecord(z.enum(ORDER_COLUMNS), z.number().int().min(0).max(600));
export type Mapping = z.infer<typeof mappingSchema>;

/** The columns that a sheet of this kind may have, with the titles that mean them. */
export const wantedColumns = (kind: 'orders' | 'rate-cards') =>
  kind === 'orders'
    ? ORDER_COLUMNS.map((name) => ({ name, required: !OPTIONAL_COLUMNS.has(name), aliases: ORDER_COLUMN_TITLES[name] }))
    : Object.keys(rateCardRow.shape).map((name) => ({ name, required: name !== 'valid_to', aliases: [] }));

/** Columns that an orders sheet must have and this one has not. */
export const missingColumns = (mapping: Mapping): OrderColumn[] =>
  ORDER_COLUMNS.filter((column) => !OPTIONAL_COLUMNS.has(column) && mapping[column] === undefined);

/** What the header says: every title as the sheet has it, what fits, what nobody asked for, what is missing. */
export type HeaderFacts = {
  /** The row of the titles; uploads from before it was looked for have none. */
  row?: number;
  /** Rows above the titles that are too full for a heading; none of them is read. */
  above?: { from: number; to: number };
  /** What the operator said the text is encoded in. */
  encoding?: string;
  /** The sheet of a workbook that is read, and those beside it that are not. */
  sheet?: { name: string; others: string[] };
  /** Titles of columns that are hidden in a workbook and read all the same. */
  hidden?: string[];
  titles: (string | null)[];
  unknown: { index: number; title: string; nearest: string | null }[];
  missing: { name: string; nearest: { index: number; title: string } | null }[];
  duplicate: { index: number; title: string; name: string }[];
};

export type UploadTotals = {
  rows: number;
  valid: number;
  invalid: number;
  lines: number;
  netTotal: bigint;
  currency: string;
  patientsNew: number;
};

export type UploadRow = UploadTotals & {
  id: string;
  fileName: string;
  bytes: number;
  tier: Tier;
  state: UploadState;
  allOrNothing: boolean;
  written: number;
  createdAt: Date;
  checkedAt: Date | null;
  committedAt: Date | null;
  finishedAt: Date | null;
  createdByName: string | null;
};

/** `failure` is an error code with the parameters of its sentence. */
export type UploadDetail = UploadRow & {
  header: HeaderFacts;
  mapping: Mapping | null;
  failure: { code: string; params: Record<string, string | number> } | null;
  errorsByCode: { code: RowErrorCode; cells: number; rows: number }[];
  /** Rows that are odd, right or not. */
  warned: number;
  /** Seconds until this upload would be written, were it committed now; null where no lane has worked yet. */
  expectedSeconds: number | null;
};

/** A row of the sheet with what is wrong in it; `cells` in the order of the sheet's columns. */
export type SheetLine = {
  row: number;
  cells: (string | null)[];
  valid: boolean;
  orderId: string | null;
  orderNumber: string | null;
  warning: RowWarningCode | null;
  errors: { column: string; code: RowErrorCode; params: Record<string, string> }[];
};

export type UploadProgress = {
  state: UploadState;
  rows: number;
  valid: number;
  written: number;
  rowsPerSecond: number | null;
  secondsLeft: number | null;
};

export const uploadId = z.object({ id: z.uuid() });
export const mapColumnsInput = uploadId.extend({ mapping: mappingSchema });
export const commitUploadInput = uploadId.extend({
  allOrNothing: z.boolean().default(false),
  /** What the screen showed; when it has changed since, the commit is refused and the new figures are shown. */
  expected: z.object({ valid: z.number().int(), netTotal: z.bigint() }).optional(),
});
/** What a list of uploads can be sorted by. */
export const UPLOAD_SORTS = LIST_SORTS.uploads;
export const listUploadsInput = pageInput.extend({
  state: z.enum(UPLOAD_STATES).optional(),
  sort: sortInput(UPLOAD_SORTS),
});
export const listSheetInput = uploadId.extend({
  /** The row behind which to go on. */
  cursor: z.number().int().min(0).nullish(),
  code: z.enum(ROW_ERRORS).optional(),
  onlyWrong: z.boolean().default(false),
  onlyWarned: z.boolean().default(false),
  limit: z.number().int().min(1).max(500).default(200),
});
