import { plainLine } from './text';

/** Currencies in circulation, ISO 4217 (list one of 2026, without funds, metals and test codes). The database holds the same list. */
export const CURRENCY_CODES: ReadonlySet<string> = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP ' +
    'CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD ' +
    'JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN ' +
    'NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN ' +
    'SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
  ).split(' '),
);

/** How the dong is written beside its code. No other sign is read: `$` is the sign of twenty currencies. */
const DONG = new Set(['đ', '₫', 'đồng', 'vnđ', 'việt nam đồng']);

/**
 * The ISO 4217 code of a currency as people write it: the code in any case, or a written form of the dong. Null for all else,
 * which is refused: a wrong currency is a wrong price for everybody.
 */
export function readCurrency(written: string): string | null {
  const text = plainLine(written);
  const code = text.toUpperCase();
  if (CURRENCY_CODES.has(code)) return code;
  return DONG.has(text.toLowerCase()) ? 'VND' : null;
}

const digitsByCurrency = new Map<string, number>();

/** Count of minor digits: VND 0, USD 2. What is no code at all has none, so that a page with a wrong one still stands. */
export function minorDigits(currency: string): number {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  const digits = /^[A-Za-z]{3}$/.test(currency)
    ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)
    : 0;
  digitsByCurrency.set(currency, digits);
  return digits;
}
