/** How typed cells become text. Serial days and binary fractions stop here; nothing after this sees a float. */

const two = (value: number) => String(value).padStart(2, '0');

/**
 * `YYYY-MM-DD`, or `YYYY-MM-DDTHH:mm` where the cell has a time of day. A cell that is only a time of day comes as
 * `HH:mm`: spreadsheets keep it as a fraction of day zero. Serials are binary fractions, so times are rounded to the second.
 */
export function formatDate(date: Date): string {
  const at = new Date(Math.round(date.getTime() / 1000) * 1000);
  if (Number.isNaN(at.getTime())) return '';
  const day = `${String(at.getUTCFullYear()).padStart(4, '0')}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  if (day === '1899-12-31' || day === '1899-12-30') return time;
  return time === '00:00' && at.getUTCSeconds() === 0 ? day : `${day}T${time}`;
}

/** Moves the point of `digits` × 10^exponent without going through a float. */
function expand(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = whole + fraction;
  const point = whole.length + Number(power);
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const decimals = padded.slice(at).replace(/0+$/, '');
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const plain = decimals ? `${integer}.${decimals}` : integer;
  return sign && plain !== '0' ? `-${plain}` : plain;
}

/** A plain decimal, to the fifteen digits that a spreadsheet itself keeps: 0.1 + 0.2 is `0.3`, 84343180949 has no exponent. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '';
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '0' : String(value);
  const shortest = String(value);
  return shortest.length <= 16 && !shortest.includes('e') ? shortest : expand(value.toPrecision(15));
}

/** A cell shown as a percentage reads as people see it, `12.5%`, and as the same sheet saved as CSV holds it. */
export const formatPercent = (value: number) => `${expand((value * 100).toPrecision(15))}%`;

/** Whether a number format shows a percentage: a `%` outside quotes and escapes. */
export const isPercentFormat = (format: string) => format.replace(/"[^"]*"|\\./g, '').includes('%');
