import { ageOn } from '@/server/domain/age';
import { CAPS, SHORTEST_NAME } from '@/server/domain/caps';
import { cutFigures } from '@/server/domain/cut-figures';
import { isAmerican, readBirthDay, readMoment } from '@/server/domain/moment';
import { numberOf, PERCENT_RULE } from '@/server/domain/number';
import { mobileNumber } from '@/server/domain/phone';
import { readSex } from '@/server/domain/sex';
import type { Layout, ReadRow } from '@/server/domain/sheet-layout';
import {
  changedTexts,
  hasLostDigits,
  isFailedFormula,
  mergedCells,
  moreCells,
  roundedFigures,
  surplusOf,
  unseen,
} from '@/server/domain/sheet-row';
import { plainLine, plainNote } from '@/server/domain/text';
import { oddityOfName } from '@/server/domain/vietnamese';
import type { Actor } from '@/server/platform/actor';
import {
  type CellFaultCode,
  OPTIONAL_COLUMNS,
  type OrderColumn,
  PAYMENTS,
  type RowErrorCode,
  type RowWarningCode,
  type UploadPayment,
  type UploadProgress,
  type UploadState,
} from './schema';

/** A service as the check needs it. Ages are whole years, inclusive. */
export type KnownService = {
  active: boolean;
  sex: 'any' | 'female' | 'male';
  minAge: number | null;
  maxAge: number | null;
};

/** What is known outside the sheet, by code; the organisation's zone, and its present minute there, `YYYY-MM-DD HH:MM`. */
export type Known = {
  branches: ReadonlyMap<string, string>;
  customers: ReadonlyMap<string, string>;
  doctors: ReadonlyMap<string, string>;
  services: ReadonlyMap<string, KnownService>;
  zone: string;
  now: string;
};

export type Problem = { column: OrderColumn; code: RowErrorCode; params?: Record<string, string> };

/**
 * What the check made of a row. `orderedAt` is the organisation's wall clock, `YYYY-MM-DD HH:MM`. `serviceCodes` is empty unless
 * all that a price depends on is right: branch, customer, moment and services.
 */
export type CheckedRow = {
  externalRef: string | null;
  branchId: string | null;
  orderedAt: string | null;
  name: string | null;
  dob: string | null;
  sex: 'female' | 'male' | null;
  phone: string | null;
  customerId: string | null;
  doctorId: string | null;
  serviceCodes: string[];
  discount: string | null;
  payment: UploadPayment | null;
  note: string | null;
  problems: Problem[];
};

/** A cell read: its value (null where the cell may be empty and is), or the code of what is wrong. */
type Read<T> = { value: T } | { code: RowErrorCode; params?: Record<string, string> };

/** A percentage from 0 to 100 with up to three decimals by the one rule of numbers, as a decimal text. Null for all else. */
export const readPercent = (text: string): string | null => numberOf(text, PERCENT_RULE);

/** The codes of a cell, joined by `|`. */
export const splitCodes = (text: string): string[] => text.split('|').map(plainLine).filter(Boolean);

const past = (moment: string | null, now: string): Read<string> => {
  if (!moment) return { code: 'bad_date' };
  return moment > now ? { code: 'future_date' } : { value: moment };
};

const found = (known: ReadonlyMap<string, string>, text: string, code: RowErrorCode): Read<string> => {
  const id = known.get(text);
  return id === undefined ? { code } : { value: id };
};

const orBad = <T>(value: T | null, code: RowErrorCode): Read<T> => (value === null ? { code } : { value });

function readServices(text: string, known: ReadonlyMap<string, KnownService>): Read<string[]> {
  const codes = splitCodes(text);
  if (codes.length === 0) return { code: 'required' };
  const unknown = codes.find((code) => !known.has(code));
  if (unknown) return { code: 'unknown_service', params: { service: unknown } };
  const inactive = codes.find((code) => !known.get(code)?.active);
  if (inactive) return { code: 'inactive_service', params: { service: inactive } };
  const again = codes.find((code, index) => codes.indexOf(code) < index);
  return again ? { code: 'duplicate_service', params: { service: again } } : { value: codes };
}

/** What forbids these services for this person; a check whose cell is itself wrong is skipped. */
function unfit(codes: string[], known: Known, row: Pick<CheckedRow, 'sex' | 'dob' | 'orderedAt'>): Problem | null {
  const fits = (code: string, sexOnly: boolean) => {
    const service = known.services.get(code);
    if (!service) return true;
    if (sexOnly) return service.sex === 'any' || row.sex === null || service.sex === row.sex;
    if (!row.dob || !row.orderedAt) return true;
    const age = ageOn(row.dob, row.orderedAt);
    return age >= (service.minAge ?? age) && age <= (service.maxAge ?? age);
  };
  const otherSex = codes.find((code) => !fits(code, true));
  if (otherSex) return { column: 'service_codes', code: 'sex_mismatch', params: { service: otherSex } };
  const otherAge = codes.find((code) => !fits(code, false));
  return otherAge ? { column: 'service_codes', code: 'age_out_of_range', params: { service: otherAge } } : null;
}

function readPayment(text: string, customer: string): Read<UploadPayment> {
  const written = text.toLowerCase();
  if (written === '') return { value: customer ? 'account' : 'unpaid' };
  const payment = PAYMENTS.find((one) => one === written);
  // Nobody to bill: an account needs a customer.
  return !payment || (payment === 'account' && !customer) ? { code: 'bad_payment' } : { value: payment };
}

/** Texts that are kept as they are written; what is looked up by its code is unknown where it is too long. */
const LONGEST: Partial<Record<OrderColumn, number>> = {
  external_ref: CAPS.reference,
  patient_name: CAPS.personName,
  note: CAPS.note,
};

/** What makes the text of a cell no value at all: the reader's fault, a failed formula, its length. */
function unusable(column: OrderColumn, text: string, fault: CellFaultCode | null): Read<never> | null {
  if (fault === 'no_result') return { code: 'no_result' };
  const limit = LONGEST[column] ?? CAPS.cell;
  if (fault === 'too_long' || text.length > limit) return { code: 'too_long', params: { limit: String(limit) } };
  if (isFailedFormula(text)) return { code: 'formula_error', params: { value: text } };
  const isShortened = fault === 'lost_digits' || hasLostDigits(text);
  return column === 'external_ref' && isShortened ? { code: 'lost_digits', params: { value: text } } : null;
}

/**
 * Checks one row by itself: every wrong cell once. `textOf` gives the cell of a column, '' where there is none, `faultOf` what the
 * reader found wrong with it. `isRepeated` says of a reference whether it stood in the sheet before, in a right row or not.
 */
export function checkRow(
  textOf: (column: OrderColumn) => string,
  known: Known,
  isRepeated: (reference: string) => boolean,
  faultOf: (column: OrderColumn) => CellFaultCode | null = () => null,
): CheckedRow {
  const problems: Problem[] = [];
  const read = <T>(column: OrderColumn, how: (text: string) => Read<T>): T | null => {
    const text = column === 'note' ? plainNote(textOf(column)) : plainLine(textOf(column));
    if (text === '' && OPTIONAL_COLUMNS.has(column) && column !== 'payment') return null;
    const outcome: Read<T> =
      text === '' && column !== 'payment'
        ? { code: 'required' }
        : (unusable(column, text, faultOf(column)) ?? how(text));
    if ('value' in outcome) return outcome.value;
    problems.push({ column, ...outcome });
    return null;
  };

  const externalRef = read<string>('external_ref', (text) =>
    isRepeated(text) ? { code: 'duplicate_ref' } : { value: text },
  );
  const branchId = read('branch', (text) => found(known.branches, text, 'unknown_branch'));
  const orderedAt = read('ordered_at', (text) => past(readMoment(text, known.zone), known.now));
  const name = read('patient_name', (text) => orBad(text.length < SHORTEST_NAME ? null : text, 'too_short'));
  const dob = read('patient_dob', (text) => {
    const day = past(readBirthDay(text, known.zone, known.now), known.now);
    // A moment is longer than the day that it begins with, and so behind it.
    const unborn = 'value' in day && orderedAt !== null && orderedAt < day.value;
    return unborn ? { code: 'born_after_order' } : day;
  });
  const sex = read('patient_sex', (text) => orBad(readSex(text), 'bad_sex'));
  const phone = read('patient_phone', (text) => orBad(mobileNumber(text), 'bad_phone'));
  const customerText = plainLine(textOf('customer_code'));
  const customerId = read('customer_code', (text) => found(known.customers, text, 'unknown_customer'));
  const doctorId = read('doctor_code', (text) => found(known.doctors, text, 'unknown_doctor'));
  const codes = read('service_codes', (text) => readServices(text, known.services));
  const discount = read('discount_percent', (text) => orBad(readPercent(text), 'bad_discount'));
  const payment = read('payment', (text) => readPayment(text, customerText));
  const note = read('note', (text) => ({ value: text }));

  const wrong = codes && unfit(codes, known, { sex, dob, orderedAt });
  if (wrong) problems.push(wrong);
  const priced = codes && !wrong && branchId && orderedAt && (customerId || !customerText);
  return {
    ...{ externalRef, branchId, orderedAt, name, dob, sex, phone, customerId, doctorId, discount, payment, note },
    serviceCodes: priced ? codes : [],
    problems,
  };
}

/** Hardly anybody has been older; a spreadsheet makes such a birth of an age, or of a year, that it shows as a day. */
const OLDEST = 115;

/** What is odd about a row that may be right: what could cost money first. A share below one may be a tenth for ten percent. */
function oddityOf({ discount, name, dob, orderedAt }: CheckedRow, row: ReadRow, layout: Layout): RowWarningCode | null {
  const written = row.cells[layout.places.discount_percent ?? -1] ?? '';
  if (discount !== null && Number(discount) > 0 && Number(discount) < 1 && !written.includes('%'))
    return 'small_discount';
  if (discount !== null && roundedFigures(row, layout).length > 0) return 'rounded_figure';
  const [found] = unseen(row, layout);
  if (found) return found;
  if (orderedAt !== null && isAmerican(row.cells[layout.places.ordered_at ?? -1] ?? '')) return 'am_pm';
  if (dob !== null && orderedAt !== null && ageOn(dob, orderedAt) > OLDEST) return 'old_birth';
  return name === null ? null : oddityOfName(name);
}

/**
 * A checked row as it stands in its sheet. Where a separator has moved its cells, that is all there is to say of it; where only empty
 * cells are too many, a warning.
 */
export function inSheet(
  checked: CheckedRow,
  row: ReadRow,
  layout: Layout,
): { checked: CheckedRow; warning: RowWarningCode | null } {
  const surplus = surplusOf(row, layout);
  const reference = { ...layout, places: { external_ref: layout.places.external_ref ?? -1 } };
  const ofCells = [...mergedCells(row, layout), ...cutFigures(row, layout), ...changedTexts(row, reference, [])];
  const found = surplus === 'shifted' ? [moreCells(row, layout)] : ofCells;
  const moved = found.map(({ column, code, params }) => ({ column, code, params }) as Problem);
  if (surplus === 'shifted') return { checked: { ...checked, serviceCodes: [], problems: moved }, warning: null };
  const others = checked.problems.filter(({ column }) => !moved.some((problem) => problem.column === column));
  return {
    checked: moved.length > 0 ? { ...checked, problems: [...others, ...moved] } : checked,
    warning: surplus === 'empty' ? 'more_cells' : oddityOf(checked, row, layout),
  };
}

type Standing = { state: UploadState; written: number; committedAt: Date | null };

/** An upload may be mapped and checked again as long as nothing of it is being written or written. */
export const mayBeChecked = ({ state, written }: Standing) =>
  written === 0 && state !== 'committing' && state !== 'committed';

/** Checked, refused as a whole, or stopped in the middle of its writing. */
export const mayBeCommitted = ({ state, committedAt }: Standing) =>
  state === 'checked' || state === 'refused' || (state === 'failed' && committedAt !== null);

/** Row numbers, both ends included. */
export type RowRange = { from: number; to: number };

const CHUNK_ROWS = 5_000;

/** The ranges in which rows 1..last are written: one where it is all or nothing, since a transaction is what that means. */
export function chunksOf(last: number, allOrNothing: boolean): RowRange[] {
  if (allOrNothing) return [{ from: 1, to: last }];
  const chunks = Math.ceil(last / CHUNK_ROWS);
  return Array.from({ length: chunks }, (_, at) => ({
    from: at * CHUNK_ROWS + 1,
    to: Math.min(last, (at + 1) * CHUNK_ROWS),
  }));
}

/** Something goes on with it by itself. */
export const isUnderWay = (state: UploadState) => state === 'checking' || state === 'committing';

/** Rate and time left from what is written and the seconds since the commit. */
export function progressOf({
  seconds,
  ...at
}: Pick<UploadProgress, 'state' | 'rows' | 'valid' | 'written'> & { seconds: number | null }): UploadProgress {
  const rowsPerSecond = seconds && at.written > 0 ? at.written / seconds : null;
  const left = rowsPerSecond && at.state === 'committing' ? (at.valid - at.written) / rowsPerSecond : null;
  return { ...at, rowsPerSecond, secondsLeft: left };
}

/** Whose turn a reading takes: a person's, or all of those that a program does. */
export const turnOf = (actor: Actor): string => (actor.kind === 'user' ? `user ${actor.id}` : actor.kind);
