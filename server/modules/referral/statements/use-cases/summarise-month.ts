import { shownStatements } from '../queries';

/** The sums of a month's statements; money in minor units. */
export async function summariseMonth({ month }: { month: string }) {
  const shown = await shownStatements(month, null);
  const sum = (of: (one: (typeof shown)[number]) => bigint) => shown.reduce((total, one) => total + of(one), 0n);
  return {
    period: month,
    doctors: shown.length,
    lines: shown.reduce((total, { lines }) => total + lines, 0),
    commission: sum(({ commission }) => commission),
    tax: sum(({ tax }) => tax),
    payable: sum(({ payable }) => payable),
  };
}
