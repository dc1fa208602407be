import { describe, expect, it } from 'vitest';
import { patientSearch, writtenDay } from './rules';

describe('writtenDay', () => {
  it.each([
    ['05/12/1990', '1990-12-05'],
    ['5.2.1990', '1990-02-05'],
    ['1990-12-05', '1990-12-05'],
    ['31/02/1990', null],
    ['1990', null],
    ['05-12-1990', '1990-12-05'],
    ['29/02/2024', '2024-02-29'],
    ['29/02/2023', null],
    ['05/13/1990', null],
    ['1990-13-05', null],
    ['1990-2-5', null],
    ['105/12/1990', null],
    ['05/12/19901', null],
    ['x1990-12-05', null],
    ['1990-12-051', null],
  ])('%s is %s', (text, day) => expect(writtenDay(text)).toBe(day));
});

describe('patientSearch', () => {
  it('takes the date of birth out of the words', () => {
    expect(patientSearch('Lê Thanh 05/12/1990')).toEqual({ dob: '1990-12-05', patterns: ['%Lê%', '%Thanh%'] });
  });

  it('takes the first of two days, and neither of them for a word', () => {
    expect(patientSearch(' 31/02/1990  05/12/1990 Lê 1991-01-02 ')).toEqual({
      dob: '1990-12-05',
      patterns: ['%31/02/1990%', '%Lê%'],
    });
    expect(patientSearch('Lê')).toEqual({ dob: null, patterns: ['%Lê%'] });
    expect(patientSearch('1990-12-05')).toEqual({ dob: '1990-12-05', patterns: [] });
    expect(patientSearch('  ')).toEqual({ dob: null, patterns: [] });
  });

  it('reads a dotted phone as one number', () => {
    expect(patientSearch('0912.345.678').patterns).toEqual(['%912345678%']);
  });

  it('takes wildcards literally', () => {
    expect(patientSearch('100%_').patterns).toEqual(['%100\\%\\_%']);
  });
});
