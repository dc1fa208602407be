import { mayBeMistyped, searchWords } from '@/server/domain/search-words';
import { plainLine } from '@/server/domain/text';
import { writtenDay } from '@/server/domain/written-day';

const MOST_WORDS = 8;

/** What one part of a search may stand for: one of several ways, each of words that must all be there. */
type Part = string[][];

/**
 * A search, read, as texts of tsqueries: `whole` finds rows that have just these words, `begun` those that have them all but for the
 * last, which is still being typed, `each` those where every one is the beginning of a word. `mistypable` are words that may be
 * mistyped.
 */
export type SearchText = { parts: Part[]; whole: string; begun: string; each: string; mistypable: string[] };

const isFigures = (word: string) => /^\d+$/.test(word);

/** A phone is kept without its country and its zero: what may stand before it is left out in every way people write it. */
function numbersOf(figures: string): string[] {
  const dialled = figures.replace(/^00/, '');
  const national = dialled.startsWith('84') ? dialled.slice(2) : dialled;
  return [...new Set([figures, dialled, dialled.replace(/^0/, ''), national, national.replace(/^0/, '')])].filter(
    Boolean,
  );
}

/** Figures that stand together are a phone with blanks and dots, or words by themselves (`2026-01`). */
function figuresPart(words: string[]): Part {
  const joined = numbersOf(words.join('')).map((number) => [number]);
  return words.length > 1 ? [...joined, words] : joined;
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let run: string[] = [];
  const endRun = () => {
    if (run.length > 0) parts.push(figuresPart(run));
    run = [];
  };
  for (const piece of plainLine(text).split(' ')) {
    const day = writtenDay(piece);
    if (day) {
      endRun();
      parts.push([[day.replaceAll('-', '')], searchWords(piece)]);
      continue;
    }
    for (const word of searchWords(piece)) {
      if (isFigures(word)) {
        run.push(word);
      } else {
        endRun();
        parts.push([[word]]);
      }
    }
  }
  endRun();
  return parts.slice(0, MOST_WORDS);
}

const anyOf = (ways: readonly string[]) => (ways.length === 1 ? (ways[0] ?? '') : `(${ways.join(' | ')})`);
const lexemes = (part: Part, sign: '' | ':*') =>
  anyOf(part.map((words) => words.map((word) => `'${word}'${sign}`).join(' & ')));
const pair = (one: string, other: string) => `+${one} ${other}`;

/** The word of a part that may be a word of a name; what holds figures is none. */
const nameOf = (part: Part): string | null => {
  const word = part[0]?.[0] ?? '';
  return part.length === 1 && !/\d/.test(word) ? word : null;
};

/** Words of names, two by two, each as one of what it may stand for. */
const pairsOf = (names: readonly (readonly string[])[]): Part[] =>
  names.flatMap((ones, at) =>
    names.slice(at + 1).map((others) => ones.flatMap((one) => others.map((other) => [pair(one, other)]))),
  );

function queriesOf(parts: readonly Part[], isPaired: boolean): Omit<SearchText, 'parts' | 'mistypable'> {
  const named = parts.map(nameOf);
  const names = [...new Set(named.filter((name) => name !== null))];
  const others = parts.filter((_, at) => named[at] === null);
  const last = named.at(-1) ?? null;
  const heads = names.filter((name) => name !== last);
  const each = parts.map((part) => lexemes(part, ':*')).join(' & ');
  const wholeNames = (some: string[]) =>
    isPaired && some.length > 1 ? pairsOf(some.map((name) => [name])) : some.map((name) => [[name]]);
  const asQuery = (exact: Part[], begun: Part[]) =>
    [...exact.map((part) => lexemes(part, '')), ...begun.map((part) => lexemes(part, ':*'))].join(' & ');
  const lasts =
    last === null ? [] : isPaired && heads.length > 0 ? heads.map((head) => [[pair(head, last)]]) : [[[last]]];
  const isOneHead = isPaired && last !== null && heads.length === 1;
  return {
    whole: [...wholeNames(names), ...others].map((part) => lexemes(part, '')).join(' & '),
    begun: asQuery(isOneHead ? [] : wholeNames(heads), [...lasts, ...others]),
    each,
  };
}

/** What a search asks for, or null where it holds no word. `isPaired` where the rows have the words of their names two by two as well. */
export function readSearch(text: string, isPaired = false): SearchText | null {
  const parts = partsOf(text);
  if (parts.length === 0) return null;
  const mistypable = [...new Set(parts.flatMap((part) => nameOf(part) ?? []))].filter(mayBeMistyped);
  return { parts, mistypable, ...queriesOf(parts, isPaired) };
}

/** As `each`, but for one mistake a word: with the words that each may have been meant for. */
export function mistypedQuery(
  search: SearchText,
  meant: ReadonlyMap<string, readonly string[]>,
  isPaired = false,
): string {
  const meantBy = (name: string) => [name, ...(meant.get(name) ?? [])];
  const names = [...new Set(search.parts.flatMap((part) => nameOf(part) ?? []))];
  const others = search.parts.filter((part) => nameOf(part) === null).map((part) => lexemes(part, ':*'));
  const isOfPairs = isPaired && names.length > 1;
  const ways = isOfPairs
    ? pairsOf(names.map(meantBy)).map((part) => lexemes(part, ''))
    : names.map((name) => anyOf([`'${name}':*`, ...(meant.get(name) ?? []).map((word) => `'${word}'`)]));
  return [...ways, ...others].join(' & ');
}
