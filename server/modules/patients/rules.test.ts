import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mobileNumber, patientSearch, writtenDay } from './rules';

describe('mobileNumber', () => {
  it.each([
    ['0912345678', '+84912345678'],
    ['+84 912 345 678', '+84912345678'],
    ['84912345678', '+84912345678'],
    ['0084912345678', '+84912345678'],
    ['912345678', '+84912345678'],
    ['0912.345.678', '+84912345678'],
    ['(0912) 345-678', '+84912345678'],
    ['841234567', '+84841234567'],
  ])('%s is %s', (written, phone) => expect(mobileNumber(written)).toBe(phone));

  it.each(['', '0212345678', '09123456789', '091234567', 'abc', '0912345678 x', '+1 202 555 0100'])(
    '%s is none',
    (written) => expect(mobileNumber(written)).toBeNull(),
  );

  it('gives one number for every way of writing it', () => {
    const digits = fc
      .tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^\d{8}$/))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(digits, fc.constantFrom('0', '+84', '84', '+84 ', ''), (national, prefix) => {
        expect(mobileNumber(prefix + national)).toBe(`+84${national}`);
      }),
    );
  });
});

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
    expect(patientSearch('0912.345.678').patterns).toEqual(['%0912345678%']);
  });

  it('takes wildcards literally', () => {
    expect(patientSearch('100%_').patterns).toEqual(['%100\\%\\_%']);
  });
});
