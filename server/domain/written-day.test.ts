import { expect, it } from 'vitest';
import { writtenDay } from './written-day';

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
])('%s is the day %s', (text, day) => expect(writtenDay(text)).toBe(day));
