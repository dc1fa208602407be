import { expect, it } from 'vitest';
import { ageOn } from './age';

it.each([
  ['1990-06-15', '2026-06-14', 35],
  ['1990-06-15', '2026-06-15', 36],
  ['1990-06-15', '2026-06-15 08:30', 36],
  ['2004-02-29', '2025-02-28', 20],
  ['2004-02-29', '2025-03-01', 21],
])('who was born on %s is on %s %i years old', (dob, day, years) => {
  expect(ageOn(dob, day)).toBe(years);
});
