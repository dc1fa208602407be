/** Figures as text, in one pass: an expression for this would look at a row of digits again from each of its places. */

/** Digits in groups of three from the right. */
export function groupDigits(digits: string, separator: string): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join(separator);
}

/** A text without the noughts that it ends in. */
export function withoutEndingNoughts(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '0') end -= 1;
  return text.slice(0, end);
}

/** A plain decimal without the noughts behind its decimals, and without the point where none are left: `12.500` is `12.5`. */
export function shortDecimal(text: string): string {
  if (!text.includes('.')) return text;
  const short = withoutEndingNoughts(text);
  return short.endsWith('.') ? short.slice(0, -1) : short;
}
