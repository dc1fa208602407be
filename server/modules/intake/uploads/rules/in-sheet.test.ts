import { describe, expect, it } from 'vitest';
import { PERCENT_RULE } from '@/server/domain/number';
import type { Layout, ReadRow } from '@/server/domain/sheet-layout';
import { type CheckedRow, inSheet, mayBeChecked, mayBeCommitted, progressOf } from '../rules';
import { UPLOAD_STATES } from '../schema';
import { sheetRefusal } from './refusals';

const checked = (parts: Partial<CheckedRow> = {}): CheckedRow => ({
  ...{ externalRef: 'R1', branchId: 'b', orderedAt: '2026-10-09 16:07', name: 'Lê Thanh Mai', dob: '1990-03-01' },
  ...{ sex: 'female', phone: '+84912345678', customerId: null, doctorId: null, serviceCodes: ['CBC'] },
  ...{ discount: null, payment: 'cash', note: null, problems: [] },
  ...parts,
});
const layout = (parts: Partial<Layout> = {}): Layout => ({
  isText: true,
  titles: ['external_ref', 'discount_percent', 'note'],
  places: { external_ref: 0, discount_percent: 1, note: 2 },
  figures: { discount_percent: [PERCENT_RULE] },
  freeText: ['note'],
  ...parts,
});
const row = (cells: (string | null)[], parts: Partial<ReadRow> = {}): ReadRow => ({ number: 7, cells, ...parts });
const branch = { column: 'branch', code: 'unknown_branch' } as const;

describe('a row in its sheet', () => {
  it('is left as it is where nothing is odd', () => {
    const given = checked({ problems: [branch] });
    const seen = inSheet(given, row(['R1', '5', 'ghi chú']), layout());
    expect(seen).toEqual({ checked: given, warning: null });
    expect(seen.checked).toBe(given);
  });

  it('with a cell behind the last title has been moved: that alone is said, and it has no price', () => {
    expect(inSheet(checked({ problems: [branch] }), row(['R1', '5', 'giảm', 'thêm']), layout())).toEqual({
      checked: checked({ serviceCodes: [], problems: [{ column: 'note', code: 'more_cells', params: {} }] }),
      warning: null,
    });
  });

  it('with an empty cell behind the last title is warned of, whatever else is odd', () => {
    const given = checked({ discount: '0.5', problems: [branch] });
    expect(inSheet(given, row(['R1', null, null, '']), layout())).toEqual({ checked: given, warning: 'more_cells' });
  });

  it('of which a figure was cut says so at its column, beside what is wrong in others', () => {
    const bad = { column: 'discount_percent', code: 'bad_discount' } as const;
    expect(inSheet(checked({ problems: [branch, bad] }), row(['R1', '7', '5%']), layout()).checked.problems).toEqual([
      branch,
      { column: 'discount_percent', code: 'cut_figure', params: { value: '7', rest: '5%' } },
    ]);
    expect(inSheet(checked(), row(['R1', '7', 'nhịn ăn']), layout()).checked.problems).toEqual([]);
  });
});

describe('what is odd about a row', () => {
  const oddity = (parts: Partial<CheckedRow>, given: ReadRow, of: Partial<Layout> = {}) =>
    inSheet(checked(parts), given, layout(of)).warning;

  it.each([
    ['0.5', '0.5', 'small_discount'],
    ['0.999', '0,999', 'small_discount'],
    ['0.5', '0.5%', null],
    ['0', '0', null],
    ['1', '1', null],
    ['1.5', '1,5', null],
    [null, '', null],
  ])('a discount of %s, written %j: %s', (discount, written, code) =>
    expect(oddity({ discount }, row(['R1', written, '']))).toBe(code),
  );

  it('is small also where the sheet has no column that it was read from', () => {
    expect(oddity({ discount: '0.5' }, row(['R1']), { places: { external_ref: 0 } })).toBe('small_discount');
    expect(oddity({ discount: '0.5' }, row(['R1', null]))).toBe('small_discount');
  });

  it('what costs money comes before what is hidden, and that before the name', () => {
    const workbook = { isText: false };
    const old = 'NguyÔn V¨n B×nh';
    const hidden = { hidden: true };
    expect(oddity({ discount: '0.5', name: old }, row(['R1', '0.5'], hidden), workbook)).toBe('small_discount');
    expect(oddity({ name: old }, row(['R1', ''], hidden), workbook)).toBe('hidden_row');
    expect(oddity({ name: null }, row(['R1', ''], hidden), workbook)).toBe('hidden_row');
    expect(oddity({}, row(['R1', '', '', 'x']), workbook)).toBe('untitled_cell');
    expect(oddity({ name: old }, row(['R1', '']), workbook)).toBe('legacy_font');
    expect(oddity({ name: 'Nguy?n Th? ?ào' }, row(['R1', '']), workbook)).toBe('garbled_name');
    expect(oddity({ name: null }, row(['R1', '']), workbook)).toBeNull();
    expect(oddity({}, row(['R1', '']), workbook)).toBeNull();
  });
});

describe('what is wrong with a file', () => {
  const MB = 1024 * 1024;
  const refusal = (code: string, parts: Partial<Parameters<typeof sheetRefusal>[0]> = {}) => {
    const said = sheetRefusal({ code, place: null, found: null, limit: null, ...parts });
    return [said.kind, said.code, said.params];
  };
  const bare = { place: 'none', row: '', found: 'none', limit: 0 };

  it('is a sentence of its own, with what it needs', () => {
    expect(refusal('empty')).toEqual(['invalid', 'sheet_empty', bare]);
    expect(refusal('busy')).toEqual(['limited', 'sheet_busy', bare]);
    expect(refusal('too_large', { found: 'memory', limit: MB })).toEqual(['invalid', 'sheet_too_much_memory', {}]);
    expect(refusal('corrupt', { found: 'memory' })).toEqual(['invalid', 'sheet_corrupt', { ...bare, found: 'memory' }]);
    expect(refusal('too_many_columns', { found: '700', limit: 600 })).toEqual([
      ...['invalid', 'sheet_too_many_columns'],
      { ...bare, found: '700', limit: 600 },
    ]);
  });

  it.each(['too_large', 'too_long', 'too_much_text'])('of %s is said in whole megabytes', (code) => {
    expect(refusal(code, { limit: 2.9 * MB })).toEqual(['invalid', `sheet_${code}`, { ...bare, limit: 2 }]);
    expect(refusal(code)).toEqual(['invalid', `sheet_${code}`, bare]);
  });

  it('names the row that it stands in', () => {
    expect(refusal('corrupt', { found: 'quotes', place: 'row 12' })).toEqual([
      ...['invalid', 'sheet_open_quote'],
      { row: '12' },
    ]);
    expect(refusal('corrupt', { found: 'quotes' })).toEqual(['invalid', 'sheet_open_quote', { row: '' }]);
    expect(refusal('too_long', { found: 'quotes' })).toEqual([
      'invalid',
      'sheet_too_long',
      { ...bare, found: 'quotes' },
    ]);
    const placed = (place: string) => refusal('corrupt', { place })[2];
    expect(placed('row 12')).toEqual({ ...bare, place: 'row', row: '12' });
    expect(placed('a row 12')).toEqual({ ...bare, place: 'a row 12' });
    expect(placed('row 12 or so')).toEqual({ ...bare, place: 'row 12 or so' });
  });
});

it('what may be done with an upload depends on its state, what is written and whether it was committed', () => {
  const states = (may: typeof mayBeChecked, written: number, committedAt: Date | null) =>
    UPLOAD_STATES.filter((state) => may({ state, written, committedAt }));
  const now = new Date(0);
  expect(states(mayBeChecked, 0, null)).toEqual(['received', 'checking', 'checked', 'refused', 'failed']);
  expect(states(mayBeChecked, 1, null)).toEqual([]);
  expect(states(mayBeCommitted, 0, null)).toEqual(['checked', 'refused']);
  expect(states(mayBeCommitted, 5, now)).toEqual(['checked', 'refused', 'failed']);
});

it('the time left is that of an upload that is being written, at the rate so far', () => {
  const at = { state: 'committing', rows: 100, valid: 90, written: 30, seconds: 3 } as const;
  const { seconds: _, ...of } = at;
  expect(progressOf(at)).toEqual({ ...of, rowsPerSecond: 10, secondsLeft: 6 });
  expect(progressOf({ ...at, state: 'committed' })).toEqual({
    ...{ ...of, state: 'committed' },
    ...{ rowsPerSecond: 10, secondsLeft: null },
  });
  for (const seconds of [null, 0])
    expect(progressOf({ ...at, seconds })).toEqual({ ...of, rowsPerSecond: null, secondsLeft: null });
});
