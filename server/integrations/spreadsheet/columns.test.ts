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
    expect(match.duplicate).toEqual([{ index: 1, title: 'Note ', name: 'note' }]);
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
      { index: 0, title: long.slice(0, 200), nearest: null },
      { index: 1, title: 'patient_phon', nearest: 'patient_phone' },
    ]);
    expect(foldTitle(long)).toHaveLength(199);
  });

  it('folds Vietnamese', () => {
    expect(foldTitle('Đơn vị  (Mã)')).toBe('donvima');
  });
});
