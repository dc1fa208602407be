import { describe, expect, it } from 'vitest';
import { durationParts, forecastParts } from './duration';

describe('a duration', () => {
  it.each([
    [-5, { unit: 'ms', count: 0 }],
    [340.4, { unit: 'ms', count: 340 }],
    [1_249, { unit: 'seconds', count: 1.2 }],
    [12_600, { unit: 'seconds', count: 13 }],
    [59_700, { unit: 'minutes', minutes: 1, seconds: 0 }],
    [90_000, { unit: 'minutes', minutes: 1, seconds: 30 }],
    [599_600, { unit: 'minutes', minutes: 10, seconds: 0 }],
    [1_500_000, { unit: 'wholeMinutes', minutes: 25 }],
    [3_599_000, { unit: 'hours', hours: 1, minutes: 0 }],
    [7_500_000, { unit: 'hours', hours: 2, minutes: 5 }],
    [86_399_000, { unit: 'days', days: 1, hours: 0 }],
    [180_000_000, { unit: 'days', days: 2, hours: 2 }],
  ])('of %d ms is said in the units that matter', (ms, parts) => {
    expect(durationParts(ms)).toEqual(parts);
  });
});

describe('a forecast', () => {
  it('says no seconds', () => {
    expect(forecastParts(20)).toBeNull();
    expect(forecastParts(250)).toEqual({ unit: 'wholeMinutes', minutes: 4 });
    expect(forecastParts(7_260)).toEqual({ unit: 'hours', hours: 2, minutes: 1 });
    expect(forecastParts(19_900)).toEqual({ unit: 'wholeHours', hours: 6 });
  });
});
