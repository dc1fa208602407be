import { endOfMonth, parseDate, startOfMonth } from '@internationalized/date';

export const DAY_PRESETS = ['today', 'yesterday', 'last7', 'thisMonth', 'lastMonth'] as const;
export type DayPreset = (typeof DAY_PRESETS)[number];

/** ISO days, both inclusive. */
export type DayRange = { from: string; to: string };

/** The days that a preset stands for; `today` is the business day, YYYY-MM-DD. */
export function daysOf(preset: DayPreset, today: string): DayRange {
  const day = parseDate(today);
  const before = day.subtract({ days: 1 });
  const monthAgo = day.subtract({ months: 1 });
  const [from, to] = {
    today: [day, day],
    yesterday: [before, before],
    last7: [day.subtract({ days: 6 }), day],
    thisMonth: [startOfMonth(day), endOfMonth(day)],
    lastMonth: [startOfMonth(monthAgo), endOfMonth(monthAgo)],
  }[preset] as [typeof day, typeof day];
  return { from: from.toString(), to: to.toString() };
}

/** The preset that these days are, or null. */
export const presetOf = (range: DayRange, today: string): DayPreset | null =>
  DAY_PRESETS.find((preset) => {
    const { from, to } = daysOf(preset, today);
    return from === range.from && to === range.to;
  }) ?? null;
