import { describe, expect, it } from 'vitest';
import { foldTitle, matchColumns } from './columns';

const wanted = [
  { name: 'external_ref', required: true },
  { name: 'ordered_at', required: true, aliases: ['Ngày đặt'] },
  { name: 'patient_phone', required: true },
  { name: 'note', required: false },
];

describe('matchColumns', () => {
  it('matches in any order without regard to case, spaces and accents', () => {
    const match = matchColumns(['NOTE', ' Ngay  dat', 'Patient Phone', 'External-Ref'], wanted);
    expect(match).toEqual({
      mapping: { note: 0, ordered_at: 1, patient_phone: 2, external_ref: 3 },
      unknown: [],
      missing: [],
      duplicate: [],
    });
  });

  it('names the nearest for what is missing and for what is unknown', () => {
    const match = matchColumns(['external_ref', 'ordred_at', 'phone', 'colour', null, ' '], wanted);
    expect(match.missing).toEqual([
      { name: 'ordered_at', nearest: { index: 1, title: 'ordred_at' } },
      { name: 'patient_phone', nearest: { index: 2, title: 'phone' } },
    ]);
    expect(match.unknown).toEqual([
      { index: 1, title: 'ordred_at', nearest: 'ordered_at' },
      { index: 2, title: 'phone', nearest: 'patient_phone' },
      { index: 3, title: 'colour', nearest: null },
    ]);
  });

  it('takes the first of two columns with one name', () => {
    const match = matchColumns(['note', 'Note '], wanted);
    expect(match.mapping.note).toBe(0);
    expect(match.duplicate).toEqual([{ index: 1, title: 'Note', name: 'note' }]);
  });

  it('is not fooled by the names that every object has', () => {
    const match = matchColumns(['constructor', 'toString'], [{ name: 'constructor', required: true }]);
    expect(match.mapping.constructor).toBe(0);
    expect(match.duplicate).toEqual([]);
  });

  it('takes titles only as far as a title goes: a long one is near to nothing', () => {
    const long = `patient_phon${'e'.repeat(4_000)}`;
    const match = matchColumns([long, 'patient_phon'], wanted);
    expect(match.unknown).toEqual([
      { index: 0, title: `${long.slice(0, 199)}…`, nearest: null },
      { index: 1, title: 'patient_phon', nearest: 'patient_phone' },
    ]);
    expect(foldTitle(long)).toHaveLength(199);
  });

  it('shows titles without what no database keeps: half a character at the cut, a NUL, half a pair', () => {
    const [cut, nul, half] = [`${'x'.repeat(199)}😀y`, 'a\0b', 'a\ud83db'];
    const { unknown, duplicate } = matchColumns([cut, nul, half, '\u200b', 'note', `note${'!'.repeat(195)}😀`], wanted);
    expect(unknown.map(({ title }) => title)).toEqual([`${'x'.repeat(199)}…`, 'ab', 'ab']);
    expect(duplicate.map(({ title }) => title.isWellFormed())).toEqual([true]);
  });

  it('folds Vietnamese, also with the letters of other alphabets that look like Đ', () => {
    expect(foldTitle('Đơn vị  (Mã)')).toBe('donvima');
    expect(foldTitle('Số Ðiện thoại')).toBe(foldTitle('Số Điện thoại'));
    expect(foldTitle('Số Ɖiện thoại')).toBe(foldTitle('Số Điện thoại'));
  });
});
