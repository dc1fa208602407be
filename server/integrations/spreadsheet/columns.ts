import { CAPS } from '@/server/domain/caps';
import { cutTo, plainLine } from '@/server/domain/text';

/** Finding the columns a sheet should have among the titles it does have. Pure; titles are taken to `CAPS.columnTitle`. */

export interface WantedColumn {
  name: string;
  required: boolean;
  /** Other titles that mean the same, such as the Vietnamese one. */
  aliases?: readonly string[];
}

export interface ColumnMatch {
  /** Wanted name → cell index, for those found. */
  mapping: Record<string, number>;
  /** Titles nobody asked for, with the still missing column that each resembles most. A warning. */
  unknown: { index: number; title: string; nearest: string | null }[];
  /** Required columns that were not found, with the unknown title that each resembles most. An error. */
  missing: { name: string; nearest: { index: number; title: string } | null }[];
  /** Titles that name a column again: the first one is used. A warning. */
  duplicate: { index: number; title: string; name: string }[];
}

/** Titles are equal without regard to case, accents, spaces and punctuation: `Ordered At` is `ordered_at`. */
export function foldTitle(title: string): string {
  return (
    title
      .slice(0, CAPS.columnTitle)
      .normalize('NFD')
      // The same letter to the eye, of three alphabets: Vietnamese, Icelandic, African.
      .replace(/[đĐðÐɖƉ]/g, 'd')
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}]/gu, '')
  );
}

/** How many letters must change, go, come or swap places to make one word of the other (Damerau, adjacent swaps). */
function distance(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1];
      const best = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      current.push(swapped ? Math.min(best, (beforePrevious[j - 2] ?? 0) + 1) : best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** No column's title is longer without its spaces; comparing letter by letter takes the product of the lengths. */
const LONGEST = 60;

/** 0 for equal to 1 for nothing in common. A title inside the other, like `phone` in `patient_phone`, counts as near. */
function unlikeness(left: string, right: string): number {
  if (!left || !right || left.length > LONGEST || right.length > LONGEST) return 1;
  const longer = Math.max(left.length, right.length);
  const inside = Math.min(left.length, right.length) >= 4 && (left.includes(right) || right.includes(left));
  const apart = distance(left, right) / longer;
  return inside ? Math.min(apart, 0.3) : apart;
}

const NEAR = 0.4;

/** `candidates` with their folded titles. */
function nearest<T>(title: string, candidates: readonly (readonly [T, readonly string[]])[]): T | null {
  const folded = foldTitle(title);
  let best: T | null = null;
  let least = NEAR;
  for (const [candidate, titles] of candidates) {
    for (const other of titles) {
      const apart = unlikeness(folded, other);
      if (apart > least || (apart === least && best !== null)) continue;
      best = candidate;
      least = apart;
    }
  }
  return best;
}

const titlesOf = (column: WantedColumn) => [column.name, ...(column.aliases ?? [])];

type Placed = Pick<ColumnMatch, 'mapping' | 'duplicate'> & { strangers: { index: number; title: string }[] };

function placeColumns(header: readonly (string | null)[], wanted: readonly WantedColumn[]): Placed {
  const names = new Map(wanted.flatMap((column) => titlesOf(column).map((title) => [foldTitle(title), column.name])));
  const placed: Placed = { mapping: {}, duplicate: [], strangers: [] };
  for (const [index, whole] of header.entries()) {
    const title = plainLine(cutTo(whole ?? '', CAPS.columnTitle));
    if (!title) continue;
    const name = names.get(foldTitle(title));
    if (name === undefined) placed.strangers.push({ index, title });
    else if (Object.hasOwn(placed.mapping, name)) placed.duplicate.push({ index, title, name });
    else placed.mapping[name] = index;
  }
  return placed;
}

/** How many of the wanted columns a row names: to look for the row of titles, which comparing letter by letter would take minutes. */
export const countNamed = (row: readonly (string | null)[], wanted: readonly WantedColumn[]): number =>
  Object.keys(placeColumns(row, wanted).mapping).length;

export function matchColumns(header: readonly (string | null)[], wanted: readonly WantedColumn[]): ColumnMatch {
  const { strangers, ...placed } = placeColumns(header, wanted);
  const match: ColumnMatch = { ...placed, unknown: [], missing: [] };
  const absent = wanted.filter((column) => !Object.hasOwn(match.mapping, column.name));
  const columns = absent.map((column) => [column, titlesOf(column).map(foldTitle)] as const);
  const others = strangers.map((stranger) => [stranger, [foldTitle(stranger.title)]] as const);
  for (const stranger of strangers) {
    match.unknown.push({ ...stranger, nearest: nearest(stranger.title, columns)?.name ?? null });
  }
  for (const { name, required } of absent) {
    if (required) match.missing.push({ name, nearest: nearest(name, others) });
  }
  return match;
}
