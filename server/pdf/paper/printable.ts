import type { Typefaces } from './typeface';

/** Letters and signs of laboratories that the paper fonts lack, as people write them without. */
const WRITTEN: Record<string, string> = {
  ...{ α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', ζ: 'zeta', η: 'eta', θ: 'theta', ι: 'iota' },
  ...{ κ: 'kappa', λ: 'lambda', μ: 'µ', ν: 'nu', ξ: 'xi', ο: 'omicron', π: 'pi', ρ: 'rho', σ: 'sigma', ς: 'sigma' },
  ...{ τ: 'tau', υ: 'upsilon', φ: 'phi', χ: 'chi', ψ: 'psi', ω: 'omega' },
  ...{ '‐': '-', '‑': '-', '‒': '–', '―': '—', '′': "'", '″': '"', ʼ: '’', '→': '->', '←': '<-', '⇒': '=>' },
};

/** What nearly every text is made of, and the fonts have: one look is enough for it. */
const ORDINARY = /^[\s\x21-\x7e\xa1-\xac\xae-\xffĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9–—‘’“”•…₫]*$/;

const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

function written(sign: string, has: (text: string) => boolean): string {
  const lower = sign.toLowerCase();
  const named = WRITTEN[sign] ?? (lower !== sign && WRITTEN[lower] ? capital(WRITTEN[lower]) : undefined);
  const ways = [named, sign.normalize('NFKC'), sign.normalize('NFKD').replace(/\p{M}/gu, '')];
  return ways.find((way) => way !== undefined && way !== '' && has(way)) ?? sign;
}

function printableText(fonts: Typefaces, text: string): string {
  if (ORDINARY.test(text)) return text;
  const has = (signs: string) =>
    [...signs].every((sign) => fonts.regular.file.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));
  return [...text].map((sign) => (has(sign) ? sign : written(sign, has))).join('');
}

/**
 * What is to be drawn, with every text in it written in letters that the paper fonts have, where there is a way: β as beta, ș as s.
 * Letters of other scripts stay: a sheet's check has warned of them.
 */
export function printable<Value>(fonts: Typefaces, value: Value): Value {
  // Nearly always nothing is to be written in another way: one look at all of it is a tenth of a walk through it.
  return ORDINARY.test(JSON.stringify(value)) ? value : rewritten(fonts, value);
}

function rewritten<Value>(fonts: Typefaces, value: Value): Value {
  if (typeof value === 'string') return printableText(fonts, value) as Value;
  if (Array.isArray(value)) return value.map((one) => rewritten(fonts, one)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rewritten(fonts, one)])) as Value;
}
