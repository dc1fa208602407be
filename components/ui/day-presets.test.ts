import { expect, it } from 'vitest';
import { DAY_PRESETS, daysOf, presetOf } from './day-presets';

it('names days as people do, over the ends of months and years', () => {
  const days = (today: string) => DAY_PRESETS.map((preset) => Object.values(daysOf(preset, today)).join('…'));
  expect(days('2026-03-31')).toEqual([
    '2026-03-31…2026-03-31',
    '2026-03-30…2026-03-30',
    '2026-03-25…2026-03-31',
    '2026-03-01…2026-03-31',
    '2026-02-01…2026-02-28',
  ]);
  expect(days('2027-01-01')).toEqual([
    '2027-01-01…2027-01-01',
    '2026-12-31…2026-12-31',
    '2026-12-26…2027-01-01',
    '2027-01-01…2027-01-31',
    '2026-12-01…2026-12-31',
  ]);
});

it('knows a preset by its days', () => {
  expect(presetOf({ from: '2026-02-01', to: '2026-02-28' }, '2026-03-31')).toBe('lastMonth');
  expect(presetOf({ from: '2026-03-31', to: '2026-03-31' }, '2026-03-31')).toBe('today');
  expect(presetOf({ from: '2026-03-30', to: '2026-03-31' }, '2026-03-31')).toBeNull();
  expect(presetOf({ from: '', to: '' }, '2026-03-31')).toBeNull();
});
