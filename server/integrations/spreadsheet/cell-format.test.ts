import { describe, expect, it } from 'vitest';
import { formatCell, formatOfCode, marksOf } from './cell-format';

const shown = (value: number, code: string) => formatCell(value, formatOfCode(code), false);

describe('a number that its format shows as a code', () => {
  it.each([
    [123456, '000-000', '123-456'],
    [1234, '000\\-000', '001-234'],
    [2611, '00.00.00', '2611'],
    [901234567, '0000\\ 000\\ 000', '0901 234 567'],
    [1234567, '"KH-"00-00', 'KH-12345-67'],
    [7, '"KH-"000', 'KH-007'],
    [930, '00:00', '09:30'],
    [2838112233, '(000) 0000-0000', '(028) 3811-2233'],
    [5, '00" "00', '00 05'],
  ])('%d under %s is %s, as people see it', (value, code, text) => expect(shown(value, code)).toBe(text));

  it.each([
    [45000, '#,##0'],
    [45, '0.000'],
    [45, '0.00'],
    [12, '0000.00'],
    [45000, '00,000'],
    [1.5, '000-000'],
    [-5, '000-000'],
  ])('%d under %s stays an amount', (value, code) => expect(shown(value, code)).toBe(String(value)));
});

describe('a number that its format shows as another one', () => {
  it.each([
    [45, '0",000"', '45,000'],
    [1200, '#,##0",000"', '1,200,000'],
    [45, '#,##0\\,\\0\\0\\0', '45,000'],
    [45, '0".000"', '45.000'],
    [1200, '0"000"', '1200000'],
    [45, '0"k"', '45k'],
    [45, '#,##0" nghìn"', '45 nghìn'],
    [45, '#,##0\\ "ngàn đồng"', '45 ngàn đồng'],
    [1.5, '0.0" triệu"', '1.5 triệu'],
    [26, '0"/2026"', '26/2026'],
    [7, '"KH-"#', 'KH-7'],
    [7, '"KH"General', 'KH7'],
    [912345678, '"0"#', '0912345678'],
    [912345678, '"0"###\\ ###\\ ###', '0912345678'],
  ])('%d under %s is %s, as people see it', (value, code, text) => expect(shown(value, code)).toBe(text));

  it.each([
    [45000, '#\\.000'],
    [45000, '#,##0,'],
    [45000, '#,##0,"K"'],
    [1500000, '0.0,," triệu"'],
    [45000, '"Giá: "#,##0'],
    [45000, '"+"#'],
    [18, '0" tuổi"'],
    [45000, '#,##0_);(#,##0);"-"??'],
    [45000, '0;"0"0'],
  ])('%d under %s stays what it is', (value, code) => expect(shown(value, code)).toBe(String(value)));
});

describe('a number beside the sign of what it is one of', () => {
  it.each([
    [45000, '0 "đ"', '45000 đ'],
    [45000, '#,##0" VNĐ"', '45000 VNĐ'],
    [45000, '#,##0\\ [$₫-42A]', '45000 ₫'],
    [45000, '"VND "#,##0', 'VND 45000'],
    [1500, '"$"#,##0.00', '$1500'],
    [1500, '$#,##0', '$1500'],
    [1500, '[$$-409]#,##0.00', '$1500'],
    [1500, '[$USD]\\ #,##0', 'USD 1500'],
    [1500, '_("$"* #,##0.00_);_("$"* (#,##0.00)', '$1500'],
    [1500, '#,##0.00\\ [$€-407]', '1500 €'],
    [10, '0"%"', '10%'],
    [7.5, '0.0\\%', '7.5%'],
  ])('%d under %s is %s: another unit is another amount', (value, code, text) => expect(shown(value, code)).toBe(text));

  it.each([
    [45000, '[$-42A]#,##0'],
    [45000, '[Red]#,##0'],
    [18, '0" tuổi"'],
    [3, '0" lần"'],
  ])('%d under %s has none', (value, code) => expect(shown(value, code)).toBe(String(value)));
});

const marks = (value: number, code: string) => {
  const format = formatOfCode(code);
  const found = marksOf(value, formatCell(value, format, false), format);
  return Object.entries(found).flatMap(([mark, is]) => (is ? [mark] : []));
};

describe('a number', () => {
  it.each([
    [0.125, '0%'],
    [7.5, '0'],
    [7.5, '#,##0'],
    [12.345, '0.0'],
    [12.345, '#,##0.00" đ"'],
    [49999.6, '_-* #,##0_-'],
  ])('%d is seen as another one under %s', (value, code) => expect(marks(value, code)).toContain('rounded'));

  it.each([
    [0.12, '0%'],
    [0.125, '0.0%'],
    [7.5, '0.00'],
    [7.5, 'General'],
    [7.5, '# ?/?'],
    [0.1 + 0.2, '0.0'],
    [45000, '#,##0'],
    [45500, '#,##0,'],
    [1234.5678, '0.00E+00'],
    [7, '"KH-"000'],
  ])('%d is seen as it is under %s', (value, code) => expect(marks(value, code)).not.toContain('rounded'));

  it('with decimals, and a day, is nothing that people type as a code', () => {
    expect(marks(2026.1, 'General')).toContain('typed');
    expect(marks(46082, 'd-mmm')).toContain('typed');
    expect(marks(46082, '0')).toEqual([]);
  });

  it('of three decimals is no number of thousands, also beside its unit', () => {
    expect(marks(45.125, '#,##0.000" đ"')).toContain('exact');
    expect(marks(45.125, '0.000')).toContain('exact');
  });
});
