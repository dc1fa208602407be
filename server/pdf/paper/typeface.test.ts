import { describe, expect, it } from 'vitest';
import { type FontFile, loadTypefaces } from './typeface';

type Glyph = { advanceWidth: number; bbox: { minX: number; maxX: number } };
const glyphOf = (file: FontFile, letter: string): Glyph =>
  (file as FontFile & { glyphForCodePoint(code: number): Glyph }).glyphForCodePoint(letter.charCodeAt(0));

describe('the figures of papers', async () => {
  const faces = Object.values(await loadTypefaces());

  it.each(faces)('of $face stand under one another, and do not tear apart at the 1', ({ file }) => {
    const figures = [...'0123456789'].map((digit) => glyphOf(file, digit));
    expect(new Set(figures.map(({ advanceWidth }) => advanceWidth)).size).toBe(1);
    for (const { advanceWidth, bbox } of figures) {
      const white = advanceWidth - (bbox.maxX - bbox.minX);
      expect(white / advanceWidth).toBeLessThan(0.4);
    }
  });
});
