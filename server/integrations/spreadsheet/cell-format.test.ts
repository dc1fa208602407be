import { describe, expect, it } from 'vitest';
import { formatCell, formatOfCode } from './cell-format';

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
    [45000, '0 "đ"'],
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
    [45000, '#,##0" đ"'],
    [45000, '#,##0\\ [$₫-42A]'],
    [45000, '#\\.000'],
    [45000, '#,##0,'],
    [45000, '#,##0,"K"'],
    [1500000, '0.0,," triệu"'],
    [45000, '"Giá: "#,##0'],
    [45000, '"+"#'],
    [10, '0"%"'],
    [18, '0" tuổi"'],
    [45000, '#,##0_);(#,##0);"-"??'],
    [45000, '0;"0"0'],
  ])('%d under %s stays what it is', (value, code) => expect(shown(value, code)).toBe(String(value)));
});
