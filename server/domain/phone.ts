import { plainLine } from './text';

// What may stand in a written phone: digits, a plus before them, and what people part them with. No letter: `O` is no zero.
const WRITTEN = /^\+?[\d\s().-]+$/;
const MOBILE = /^[35789]\d{8}$/;

const digitsOf = (text: string) => text.replace(/\D/g, '');

/**
 * A Vietnamese mobile number in E.164, from any form people write: `0…`, `+84…`, `84…`, `0084…`, `+84 (0)…`, `(+84) …`, spaces, dots, the
 * leading zero lost. After the prefix come nine digits of which the first is 3, 5, 7, 8 or 9. Null for anything else.
 */
export function mobileNumber(written: string): string | null {
  const text = plainLine(written).replace(/^\((?=\+)/, '');
  if (!WRITTEN.test(text)) return null;
  const dialled = digitsOf(text);
  const digits = dialled.replace(/^00/, '');
  const isWhole = /^840?[35789]\d{8}$/.test(digits);
  const national = digits.replace(isWhole ? /^840?/ : /^0/, '');
  const isForeign = text.startsWith('+') && !digits.startsWith('84');
  // `+84 98 412 34` lacks two digits; without its country it would be somebody else's number, 0849841234.
  const lacksDigits = !isWhole && digits.startsWith('84') && (text.startsWith('+') || dialled.startsWith('00'));
  return !isForeign && !lacksDigits && MOBILE.test(national) ? `+84${national}` : null;
}

/**
 * Any phone a person or a company can be reached at: a mobile as above, a Vietnamese landline (02…, kept in E.164), a foreign
 * number written with its plus (E.164), or a service line (1800…, 1900…, kept as it is dialled). Null for anything else.
 */
export function phoneNumber(written: string): string | null {
  const mobile = mobileNumber(written);
  if (mobile) return mobile;
  const text = plainLine(written).replace(/^\((?=\+)/, '');
  if (!WRITTEN.test(text)) return null;
  const digits = digitsOf(text);
  if (/^1[89]00\d{4,6}$/.test(digits)) return digits;
  const landline = digits.replace(/^(?:00)?84(?=2)|^0(?=2)/, '');
  if (landline !== digits && /^2\d{8,9}$/.test(landline)) return `+84${landline}`;
  return text.startsWith('+') && /^[1-9]\d{6,14}$/.test(digits) && !digits.startsWith('84') ? `+${digits}` : null;
}

/** A number of the house's country as people there write it: `0901234567`; others stay E.164. */
export const phoneText = (phone: string): string => phone.replace(/^\+84/, '0');
