import { ageOn } from '@/server/domain/age';
import { notesOf, roundedCash } from '@/server/domain/cash';
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
export type TenderSums = {
  /** What of the total is settled. */
  paid: bigint;
  due: bigint;
  change: bigint;
  over: bigint;
  /** What cash is to pay of it, as notes can make it. */
  cashDue: bigint;
  /** By how much cash pays more than its part of the total, or less where negative. */
  rounding: bigint;
};

const orNothing = (amount: bigint) => (amount > 0n ? amount : 0n);

/**
 * What the tenders make of a total. Cash pays its part rounded to what notes can make; card and transfer are exact. Change comes
 * from cash alone, and never more than the cash that was given; what card and transfer bring beyond the total is `over`, which
 * cannot be sold.
 */
export function tenderSums(total: bigint, tenders: readonly Tender[], currency: string): TenderSums {
  const isCash = (tender: Tender) => tender.method === 'cash';
  const sum = (some: readonly Tender[]) => some.reduce((all, tender) => all + tender.given, 0n);
  const cash = sum(tenders.filter(isCash));
  const other = sum(tenders.filter((tender) => !isCash(tender)));
  const left = orNothing(total - other);
  const over = orNothing(other - total);
  const cashDue = roundedCash(left, currency);
  if (!tenders.some(isCash) || cash < cashDue) {
    return { paid: cash + other, due: orNothing(left - cash), change: 0n, over, cashDue, rounding: 0n };
  }
  return { paid: left + other, due: 0n, change: cash - cashDue, over, cashDue, rounding: cashDue - left };
}

/**
 * The tenders as payments. Cash is one payment: it settles its part of the total exactly, and keeps what was handed over as
 * `tendered`; the rounding and the change are between the two. Cash that would be returned completely is not a payment.
 */
export function paymentsOf<T extends Tender>(
  total: bigint,
  tenders: readonly T[],
  currency: string,
): (T & { amount: bigint; tendered: bigint | null })[] {
  const { paid, due } = tenderSums(total, tenders, currency);
  const first = tenders.find((tender) => tender.method === 'cash');
  const cash = tenders.reduce((sum, tender) => (tender.method === 'cash' ? sum + tender.given : sum), 0n);
  const other = tenders.reduce((sum, tender) => (tender.method === 'cash' ? sum : sum + tender.given), 0n);
  return tenders
    .filter((tender) => tender.method !== 'cash' || tender === first)
    .map((tender) =>
      tender === first
        ? { ...tender, amount: due > 0n ? cash : paid - other, tendered: cash > 0n ? cash : null }
        : { ...tender, amount: tender.given, tendered: null },
    )
    .filter(({ amount }) => amount > 0n);
}

/** Amounts that people hand over for what is due in cash: exactly, and rounded up to the next notes; at most five, ascending. */
export function quickCash(due: bigint, currency: string): bigint[] {
  if (due <= 0n) return [];
  const roundedUp = notesOf(currency)
    .map(BigInt)
    .map((note) => ((due + note - 1n) / note) * note);
  return [...new Set([due, ...roundedUp])].sort((a, b) => (a < b ? -1 : 1)).slice(0, 5);
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
  return age < (service.minAge ?? age) || age > (service.maxAge ?? age) ? 'age_out_of_range' : null;
}
