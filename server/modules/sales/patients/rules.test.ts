import { describe, expect, it } from 'vitest';
import { patientSearch, writtenDay } from './rules';

describe('writtenDay', () => {
  it.each([
    ['05/12/1990', '1990-12-05'],
    ['5.2.1990', '1990-02-05'],
    ['1990-12-05', '1990-12-05'],
    ['31/02/1990', null],
    ['1990', null],
  ])('%s is %s', (text, day) => expect(writtenDay(text)).toBe(day));
});

describe('patientSearch', () => {
  it('takes the date of birth out of the words', () => {
    expect(patientSearch('Lê Thanh 05/12/1990')).toEqual({ dob: '1990-12-05', patterns: ['%Lê%', '%Thanh%'] });
  });

  it('reads a dotted phone as one number', () => {
    expect(patientSearch('0912.345.678').patterns).toEqual(['%912345678%']);
  });

  it('takes wildcards literally', () => {
    expect(patientSearch('100%_').patterns).toEqual(['%100\\%\\_%']);
  });
});
