export const DAY_PRESETS = ['today', 'yesterday', 'last7', 'thisMonth', 'lastMonth'] as const;
export type DayPreset = (typeof DAY_PRESETS)[number];

/** ISO days, both inclusive. */
export type DayRange = { from: string; to: string };

/** Months from 0; what is over or under a month's days counts on into the next or the one before. */
const dayAt = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The days that a preset stands for; `today` is the business day, YYYY-MM-DD. */
export function daysOf(preset: DayPreset, today: string): DayRange {
  const [year = 0, ofYear = 1, day = 1] = today.split('-').map(Number);
  const month = ofYear - 1;
  const before = dayAt(year, month, day - 1);
  return {
    today: { from: today, to: today },
    yesterday: { from: before, to: before },
    last7: { from: dayAt(year, month, day - 6), to: today },
    thisMonth: { from: dayAt(year, month, 1), to: dayAt(year, month + 1, 0) },
    lastMonth: { from: dayAt(year, month - 1, 1), to: dayAt(year, month, 0) },
  }[preset];
}

/** The preset that these days are, or null. */
export const presetOf = (range: DayRange, today: string): DayPreset | null =>
  DAY_PRESETS.find((preset) => {
    const { from, to } = daysOf(preset, today);
    return from === range.from && to === range.to;
  }) ?? null;
