import { CASH_UNITS } from '@/server/domain/cash';

type Tender = {
  method: 'cash' | 'card' | 'transfer';
  taken: bigint;
  rounding: bigint;
  back: bigint;
  handedBack: bigint;
  left: bigint;
};
type Standing = {
  terms: 'account' | 'immediate';
  owed: bigint;
  currency: string;
  tenders: readonly Tender[];
  limit: bigint;
  alone: bigint;
  ownSale: boolean;
};
export type PaymentBack = { method: Tender['method']; amount: bigint };

const least = (a: bigint, b: bigint) => (a < b ? a : b);
const orNothing = (amount: bigint) => (amount > 0n ? amount : 0n);

const toUnit = (amount: bigint, unit: bigint) => ((2n * amount + unit) / (2n * unit)) * unit;

/**
 * What the drawer hands out when `amount` of an order's cash goes back: as notes make it, and with the last dong exactly what it got, so
 * that the rounding of the sale goes back too. The same as `handed_out` of the database.
 */
export function cashHandedOut(amount: bigint, { taken, rounding, back, handedBack }: Tender, currency: string): bigint {
  const unit = BigInt(CASH_UNITS[currency] ?? 1);
  const whole = toUnit(taken + rounding, unit);
  const until = back + amount === taken ? whole : least(toUnit(back + amount, unit), whole);
  return orNothing(until - handedBack);
}

/** Of what is given back, the money: what was not paid is let go first, and nothing was paid on account. */
export const moneyBack = ({ terms, owed }: Pick<Standing, 'terms' | 'owed'>, total: bigint): bigint =>
  terms === 'account' ? 0n : orNothing(total - owed);

const ORDER = ['card', 'transfer', 'cash'] as const;

/** The way the money came: card and transfer first, for they cost nobody a note; cash the rest. */
export function proposedPayments({ tenders }: Pick<Standing, 'tenders'>, money: bigint): PaymentBack[] {
  const payments: PaymentBack[] = [];
  let rest = money;
  for (const method of ORDER) {
    const amount = least(rest, tenders.find((tender) => tender.method === method)?.left ?? 0n);
    if (amount > 0n) payments.push({ method, amount });
    rest -= amount;
  }
  return payments;
}

/** Whether a second person decides: above what one alone may give back of an order, and for a void of somebody else's sale. */
export const takesTwo = (
  { limit, alone, ownSale }: Pick<Standing, 'limit' | 'alone' | 'ownSale'>,
  kind: 'refund' | 'void',
  total: bigint,
): boolean => alone + total > limit || (kind === 'void' && !ownSale);

export type Outcome = { total: bigint; money: bigint; letGo: bigint; handed: bigint; takesTwo: boolean };

/** What giving back so much would do, in figures. */
export function outcomeOf(
  standing: Standing,
  kind: 'refund' | 'void',
  total: bigint,
  payments: readonly PaymentBack[],
): Outcome {
  const money = moneyBack(standing, total);
  const cash = payments.find(({ method }) => method === 'cash')?.amount ?? 0n;
  const tender = standing.tenders.find(({ method }) => method === 'cash');
  const handed = cash > 0n && tender ? cashHandedOut(cash, tender, standing.currency) : 0n;
  return { total, money, letGo: total - money, handed, takesTwo: takesTwo(standing, kind, total) };
}
