import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainFileName, plainLine, plainNote } from './text';

/** Characters that nobody sees, of every kind that was found in real files or used to deceive. */
const INVISIBLE = [
  ...['\u0000', '\u0001', '\u0007', '\u0008', '\u000e', '\u001b', '\u001f', '\u007f', '\u0080', '\u009f'],
  ...['\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u180b', '\u180e', '\u200b'],
  ...['\u200c', '\u200d', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2060'],
  ...['\u2061', '\u2062', '\u2063', '\u2064', '\u2066', '\u2067', '\u2068', '\u2069', '\u206a', '\u206f'],
  ...['\u2800', '\u3164', '\ufe00', '\ufe0e', '\ufe0f', '\ufeff', '\uffa0', '\ufff0', '\ufff9', '\ufffb'],
  ...[
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
    '\u{e0001}',
    '\u{e0020}',
    '\u{e007f}',
    '\u{e0100}',
    '\u{1bca0}',
    '\u{1d173}',
  ],
];
const SPACES = [
  ...[' ', '\t', '\n', '\r\n', '\v', '\f', '\u0085', '\u00a0', '\u1680', '\u2000', '\u2001', '\u2002', '\u2003'],
  ...[
    '\u2004',
    '\u2005',
    '\u2006',
    '\u2007',
    '\u2008',
    '\u2009',
    '\u200a',
    '\u2028',
    '\u2029',
    '\u202f',
    '\u205f',
    '\u3000',
  ],
];
const named = (signs: string[]) =>
  signs.map((sign) => [[...sign].map((one) => `U+${one.codePointAt(0)?.toString(16)}`).join(' '), sign] as const);

describe('a name typed with invisible characters', () => {
  it.each(named(INVISIBLE))('%s inside, before and behind is the same name', (_, sign) => {
    expect(plainLine(`${sign}Lê Th${sign}anh Mai${sign}`)).toBe('Lê Thanh Mai');
    expect(plainLine(sign.repeat(5))).toBe('');
  });

  it.each(named(SPACES))('%s is a space, one where there are several, none at the ends', (_, space) => {
    expect(plainLine(`${space}Lê${space}${space}Mai${space}`)).toBe('Lê Mai');
    expect(plainLine(space.repeat(3))).toBe('');
  });
});

it.each([
  ['Nguyễn'.normalize('NFD'), 'Nguyễn'],
  ['Nguyê\u0303n', 'Nguyễn'],
  ['Nguye\u0302\u034f\u0303n', 'Nguyễn'],
  ['Ｌê　Ｍａｉ', 'Lê Mai'],
  ['ＭＡ０１｜Ｘ', 'MA01|X'],
  ['đ', 'đ'],
  ['D\u0309', 'D\u0309'],
  ['MA-01 ', 'MA-01'],
  ['Ω', 'Ω'],
  ['A&B <C>', 'A&B <C>'],
])('%j is kept as %j', (written, kept) => expect(plainLine(written)).toBe(kept));

it('every letter that is taken at one look is as plain as the long way would make it', () => {
  const ranges = [
    [0x21, 0x7e],
    [0xa1, 0xac],
    [0xae, 0x24f],
    [0x1e00, 0x1eff],
  ] as const;
  for (const [from, to] of ranges)
    for (let point = from; point <= to; point += 1) {
      const letter = String.fromCodePoint(point);
      // A second space sends the text the long way.
      expect(plainLine(`${letter}  ${letter}`)).toBe(`${letter} ${letter}`);
    }
});

describe('a note', () => {
  it.each([
    ['a\r\nb', 'a\nb'],
    ['a\rb\u2028c\u2029d\u0085e', 'a\nb\nc\nd\ne'],
    ['\n\n a \n\n\n\n b \n\n', 'a\n\nb'],
    ['\u200b\n\u200b', ''],
    ['a\tb', 'a b'],
  ])('%j is kept as %j', (written, kept) => expect(plainNote(written)).toBe(kept));
});

it('is made plain once: again changes nothing, and every typing of it ends at one text', () => {
  const signs = fc.constantFrom(...INVISIBLE, ...SPACES, 'ễ', 'e\u0302\u0303', 'Đ', '𝒜', '👩‍👧', 'a', 'B', '0', '|');
  fc.assert(
    fc.property(fc.array(fc.oneof(signs, fc.string({ unit: 'binary' })), { maxLength: 40 }), (parts) => {
      for (const plain of [plainLine, plainNote]) {
        const once = plain(parts.join(''));
        expect(plain(once)).toBe(once);
        expect(plain(once.normalize('NFD'))).toBe(once);
        expect(once.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd.csv', 'passwd.csv'],
    ['C:\\Users\\mai\\gia.xlsx', 'gia.xlsx'],
    ['gia\u202excod.csv', 'giaxcod.csv'],
    ['\u2066a\u2069.csv', 'a.csv'],
    ['a\r\nSet-Cookie: x.csv', 'a Set-Cookie_ x.csv'],
    ['a\u0000.csv', 'a.csv'],
    ['..\\..\\x.csv', 'x.csv'],
    ['...csv', 'csv'],
    ['bảng giá.csv'.normalize('NFD'), 'bảng giá.csv'],
    ['a"b<c>d|e?f*.csv', 'a_b_c_d_e_f_.csv'],
    ['/', ''],
    ['..', ''],
    ['ｇｉａ．ｃｓｖ', 'gia.csv'],
    ['..／..／x.csv', 'x.csv'],
  ])('%j is kept as %j', (written, kept) => expect(plainFileName(written, 200)).toBe(kept));

  it('keeps its extension however long it is', () => {
    const kept = plainFileName(`${'x'.repeat(5_000)}.xlsx`, 200);
    expect([kept.length, kept.endsWith('.xlsx')]).toEqual([200, true]);
  });
});

it('a flood of marks over a letter is cut to three, and no language loses one', () => {
  expect(plainLine(`A${'\u0301\u0316'.repeat(60)}n`)).toMatch(/^\u00c1\p{M}{3}n$/u);
  for (const name of ['Nguyễn Thị Ánh', 'ทิ้ง', 'मुंबई', 'שָׁלוֹם', 'Ǘ'])
    expect(plainLine(name.normalize('NFD'))).toBe(name.normalize('NFC'));
});
