import { beforeAll, describe, expect, it } from 'vitest';
import { printable } from './printable';
import { loadTypefaces, type Typefaces } from './typeface';

let fonts: Typefaces;
beforeAll(async () => {
  fonts = await loadTypefaces();
});

describe('text that the paper fonts cannot draw', () => {
  it.each([
    ['β-hCG', 'beta-hCG'],
    ['α-FP, γ-GT, Κ', 'alpha-FP, gamma-GT, Kappa'],
    ['5 μmol/L', '5 µmol/L'],
    ['CA 19‑9', 'CA 19-9'],
    ['Factor Ⅷ', 'Factor VIII'],
    ['№ 7 → 8′', "No 7 -> 8'"],
    ['Țepeș, Ķīlis', 'Tepes, Kīlis'],
  ])('%s is written as people do without such a letter, %s', (text, shown) => {
    expect(printable(fonts, text)).toBe(shown);
    expect([...shown].filter((sign) => !fonts.semibold.file.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0))).toEqual(
      [],
    );
  });

  it.each(['Nguyễn Thị Ánh Nguyệt', 'Łukasz Ðặng', '≥ 40 °C, 1.234,5 ₫ – “…”', '김민수', ''])('%s stays', (text) =>
    expect(printable(fonts, text)).toBe(text),
  );

  it('is written so wherever it stands in what is to be drawn, and numbers and nothing stay', () => {
    const view = { name: 'β', lines: [{ names: { vi: 'γ-GT', en: 'γ-GT' }, net: 5, note: null, is: true }], day: 'x' };
    expect(printable(fonts, view)).toEqual({
      ...view,
      name: 'beta',
      lines: [{ ...view.lines[0], names: { vi: 'gamma-GT', en: 'gamma-GT' } }],
    });
  });
});
