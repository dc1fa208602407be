/** Invented figures for the charts of the gallery. */
export const MONTHS = [
  ['12/2025', 61_200_000n],
  ['01/2026', 58_400_000n],
  ['02/2026', 31_111_000n],
  ['03/2026', 66_900_000n],
  ['04/2026', 70_150_000n],
  ['05/2026', 68_700_000n],
  ['06/2026', 72_300_000n],
  ['07/2026', 0n],
  ['08/2026', 75_010_000n],
  ['09/2026', 79_640_000n],
  ['10/2026', 84_511_111n],
  ['11/2026', 22_480_000n],
].map(([month, amount]) => ({ month: month as string, amount: amount as bigint }));

/** Events a minute over an hour. */
export const MINUTES = Array.from({ length: 60 }, (_, at) => Math.round(40 + 30 * Math.sin(at / 7) + ((at * 37) % 11)));

export const PARTS = [
  { id: 'bio', amount: 38_200_000n },
  { id: 'imaging', amount: 21_900_000n },
  { id: 'package', amount: 15_400_000n },
  { id: 'blood', amount: 6_011_111n },
  { id: 'other', amount: 3_000_000n },
] as const;
