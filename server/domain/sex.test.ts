import { describe, expect, it } from 'vitest';
import { readSex } from './sex';

describe('a sex', () => {
  it.each([
    'Nam',
    'NAM',
    ' nam ',
    'nam giới',
    'Nam'.normalize('NFD'),
    'male',
    'M',
    'm.',
    'Ông',
    'ông'.normalize('NFD'),
    'Anh',
    'Mr',
    'Mr.',
    'Trai',
    'bé trai',
  ])('%j is male', (text) => expect(readSex(text)).toBe('male'));
  it.each([
    'Nữ',
    'NỮ',
    'nữ'.normalize('NFD'),
    'nu',
    'Nữ giới',
    'female',
    'F',
    'Bà',
    'ba',
    'Cô',
    'Chị',
    'Mrs.',
    'Ms',
    'Miss',
    'Gái',
    'bé gái',
  ])('%j is female', (text) => expect(readSex(text)).toBe('female'));
  it.each(['', 'N', '0', '1', 'x', 'nam/nữ', 'namnu', 'em', 'bé', 'khác', 'bác'])('%j is neither', (text) =>
    expect(readSex(text)).toBeNull(),
  );
});
