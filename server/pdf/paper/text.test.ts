import { beforeAll, describe, expect, it } from 'vitest';
import { shorten, widthOf, wrap } from './text';
import { loadTypefaces, type Typefaces } from './typeface';

const style = { face: 'regular', size: 10, leading: 14 } as const;
let fonts: Typefaces;
beforeAll(async () => {
  fonts = await loadTypefaces();
});

describe('the paper fonts', () => {
  it('give every digit the same width', () => {
    for (const face of ['regular', 'medium', 'semibold'] as const) {
      const widths = [...'0123456789'].map((digit) => fonts[face].widthOf(digit));
      expect(new Set(widths).size).toBe(1);
      expect(fonts[face].widthOf('1.111.111')).toBeCloseTo(fonts[face].widthOf('4.907.486'), 9);
    }
  });

  it('measure as the writer sets, kerning and stacked marks included', () => {
    for (const text of ['AVATAR Tổng', 'Nguyễn Thị Hồng Nhung', 'Số BK-2026-10-D014', 'ỲỶẤẬ WAY To', 'fi ffi']) {
      const words = text.split(/(?<= )/);
      const set = words.reduce((sum, word) => sum + fonts.regular.file.layout(word).advanceWidth, 0);
      expect(fonts.regular.widthOf(text) * fonts.regular.file.unitsPerEm).toBeCloseTo(set, 3);
    }
  });
});

describe('wrap and shorten', () => {
  const long = 'Gói khám sức khoẻ nâng cao dành cho nữ trên 40 tuổi';

  it('breaks at spaces, loses nothing and stays within the width', () => {
    const lines = wrap(fonts, style, long, 90);
    expect(lines.join(' ')).toBe(long);
    expect(lines.every((line) => widthOf(fonts, style, line) <= 90)).toBe(true);
  });

  it('cuts a word that is wider than the line', () => {
    const hash = '9f2c4e1ab07d53c86e1f0a9d4b7c2e5f';
    const lines = wrap(fonts, style, `Seal ${hash} end`, 60);
    expect(lines.join('').replaceAll(' ', '')).toBe(`Seal${hash}end`);
    expect(lines.every((line) => widthOf(fonts, style, line) <= 60)).toBe(true);
  });

  it('has one empty line for nothing', () => {
    expect(wrap(fonts, style, '  ', 60)).toEqual(['']);
  });

  it('shortens with an ellipsis only where it must', () => {
    expect(shorten(fonts, style, 'ngắn', 60)).toBe('ngắn');
    const short = shorten(fonts, style, long, 90);
    expect(short.endsWith('…')).toBe(true);
    expect(long.startsWith(short.slice(0, -1))).toBe(true);
    expect(widthOf(fonts, style, short)).toBeLessThanOrEqual(90);
  });
});
