import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvLine, withoutTextMarks } from './csv';

const read = (line: string) => Papa.parse<string[]>(line, { newline: '\r\n', delimiter: ',' }).data[0];

describe('a CSV export neutralises formulas', () => {
  const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '−'];
  const before = [
    '',
    ' ',
    '   ',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '\u00a0',
    '\u3000',
    '\u200b',
    '\ufeff',
    '\u202e',
    ' \t\u200b ',
  ];
  it.each(before.flatMap((space) => signs.map((sign) => [space, sign])))('behind %j, by %s', (space, sign) => {
    const cell = `${space}${sign}HYPERLINK("http://x";"y")`;
    const line = csvLine([cell, 'z']);
    // Behind a line end it could begin a row of its own.
    const inner = /[\r\n]$/.test(space) ? `${space}'${cell.slice(space.length)}` : cell;
    expect(read(line)?.[0]).toBe(`'${inner}`);
    expect(withoutTextMarks(`'${inner}`)).toBe(cell);
    expect(withoutTextMarks(`'${cell}`)).toBe(cell);
  });

  it('that begin with a tab or a line end, whatever follows', () => {
    expect(csvLine(['\tx', '\ry', '\nz'])).toBe(`"'\tx","'\ry","'\nz"\r\n`);
  });

  it.each([
    ['khám;=1+1;', "khám;'=1+1;"],
    ['khám; @SUM(A1)', "khám;' @SUM(A1)"],
    ['a\n=1+1', "a\n'=1+1"],
    ['a\r\n\u200b＝1', "a\r\n'\u200b＝1"],
    ["a;'=1", "a;''=1"],
    ['a;b, -5 kg', 'a;b, -5 kg'],
  ])(
    'also where a semicolon or a line end cuts %j, as another country’s spreadsheet does within quotes',
    (cell, text) => {
      expect(read(csvLine(['x', cell]))?.[1]).toBe(text);
      expect(withoutTextMarks(text)).toBe(cell);
    },
  );

  it('and leaves all else as it is, quoted where it must be', () => {
    expect(csvLine(['a"b', 'a,b', 'đủ', ' x ', 'a;b', 'O’Neil', "'x", 'a=b', '0912'])).toBe(
      `"a""b","a,b",đủ," x ","a;b",O’Neil,'x,a=b,0912\r\n`,
    );
  });
});

it('what was exported reads as it was', () => {
  const odd = fc.constantFrom(
    "'",
    '=',
    '+',
    '-',
    '@',
    '＝',
    '"',
    ',',
    ';',
    '\t',
    '\n',
    '\r',
    ' ',
    '\u00a0',
    '\u200b',
    '0',
    '5',
    'a',
    'ế',
  );
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(odd, { maxLength: 8 }).map((signs) => signs.join('')),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      const found = read(csvLine([...cells, 'end']))?.map(withoutTextMarks);
      expect(found).toEqual([...cells, 'end']);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ["'0912345678", '0912345678'],
  ["'+84 912 345 678", '+84 912 345 678'],
  ["'007", '007'],
  ["'tis", "'tis"],
  ["'90s", "'90s"],
  ["''x''", "''x''"],
  ["'", "'"],
  ['="00123"', '00123'],
  ['="say ""ah"""', 'say "ah"'],
  ['=""', ''],
  ['="a"&"b"', '="a"&"b"'],
  ['=1+1', '=1+1'],
  ['', ''],
])('%j reads as %j', (cell, text) => expect(withoutTextMarks(cell)).toBe(text));
