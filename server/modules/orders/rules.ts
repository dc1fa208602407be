import { percentOf } from '@/server/platform/money';

export type LineAmounts = { discount: bigint; net: bigint };

/** What a line comes to: the discount is rounded half away from zero, once, on the line. `percent` is a decimal text, 0 to 100. */
export function lineAmounts(listPrice: bigint, percent: string): LineAmounts {
  const discount = percentOf(listPrice, percent);
  return { discount, net: listPrice - discount };
}

export type CartTotals = { list: bigint; discount: bigint; net: bigint };

/** The sums of a cart; lines without a price (which cannot be sold) count as nothing. */
export function cartTotals(lines: readonly { listPrice: bigint | null; discountPercent: string }[]): CartTotals {
  const totals = { list: 0n, discount: 0n, net: 0n };
  for (const line of lines) {
    if (line.listPrice === null) continue;
    const { discount, net } = lineAmounts(line.listPrice, line.discountPercent);
    totals.list += line.listPrice;
    totals.discount += discount;
    totals.net += net;
  }
  return totals;
}

export type Tender = { method: 'cash' | 'card' | 'transfer'; given: bigint };
export type TenderSums = { paid: bigint; due: bigint; change: bigint; over: bigint };

/**
 * What the tenders make of a total. Change comes from cash alone, and never more than the cash that was given; what card and
 * transfer bring beyond the total is `over`, which cannot be sold.
 */
export function tenderSums(total: bigint, tenders: readonly Tender[]): TenderSums {
  const sum = (cash: boolean) =>
    tenders.filter((tender) => (tender.method === 'cash') === cash).reduce((all, tender) => all + tender.given, 0n);
  const cash = sum(true);
  const other = sum(false);
  const left = total > other ? total - other : 0n;
  const change = cash > left ? cash - left : 0n;
  const paid = cash + other - change;
  return { paid, due: total > paid ? total - paid : 0n, change, over: other > total ? other - total : 0n };
}

/**
 * The tenders as payments: cash gives up the change, the last note first, and keeps what was handed over as `tendered`. Cash that
 * would come back whole is no payment.
 */
export function paymentsOf<T extends Tender>(
  total: bigint,
  tenders: readonly T[],
): (T & { amount: bigint; tendered: bigint | null })[] {
  let change = tenderSums(total, tenders).change;
  const payments: (T & { amount: bigint; tendered: bigint | null })[] = [];
  for (const tender of [...tenders].reverse()) {
    const back = tender.method === 'cash' ? (change < tender.given ? change : tender.given) : 0n;
    change -= back;
    const amount = tender.given - back;
    if (amount > 0n) payments.unshift({ ...tender, amount, tendered: tender.method === 'cash' ? tender.given : null });
  }
  return payments;
}

const NOTES = [10_000n, 20_000n, 50_000n, 100_000n, 200_000n, 500_000n];

/** Amounts that people hand over for what is due: exactly, and rounded up to the next notes. VND; at most five, ascending. */
export function quickCash(due: bigint): bigint[] {
  if (due <= 0n) return [];
  const roundedUp = NOTES.map((note) => ((due + note - 1n) / note) * note);
  return [...new Set([due, ...roundedUp])].sort((a, b) => (a < b ? -1 : 1)).slice(0, 5);
}

/** Whole years of age on a day; both YYYY-MM-DD. */
export function ageOn(dob: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(dob.slice(0, 4));
  return day.slice(5) < dob.slice(5) ? years - 1 : years;
}

type Restricted = { sex: 'any' | 'female' | 'male'; minAge: number | null; maxAge: number | null };

/** Why a service is not for a patient, or null. The same rule as `price_cart` in the database, which decides. */
export function unfit(
  service: Restricted,
  patient: { sex: 'female' | 'male'; dob: string },
  day: string,
): 'sex_mismatch' | 'age_out_of_range' | null {
  if (service.sex !== 'any' && service.sex !== patient.sex) return 'sex_mismatch';
  const age = ageOn(patient.dob, day);
  return age < (service.minAge ?? 0) || age > (service.maxAge ?? 999) ? 'age_out_of_range' : null;
}
