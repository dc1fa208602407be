import { mayBeMistyped, searchWords } from '@/server/domain/search-words';
import { plainLine } from '@/server/domain/text';
import { writtenDay } from '@/server/domain/written-day';

const MOST_WORDS = 8;

/** What one part of a search may stand for: any of these ways, each of words that all must be there. */
type Part = string[][];

/**
 * A search, read: `whole` finds rows that have just these words, `begun` those that have words which begin with them; both are texts
 * of a tsquery. `mistypable` are the words that may be mistyped.
 */
export type SearchText = { parts: Part[]; whole: string; begun: string; mistypable: string[] };

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

const lexeme = (word: string, sign: string) => `'${word}'${sign}`;
const anyOf = (ways: string[]) => (ways.length === 1 ? (ways[0] ?? '') : `(${ways.join(' | ')})`);
const asQuery = (parts: readonly Part[], sign: string, besides: (word: string) => readonly string[]) =>
  parts
    .map((part) =>
      anyOf(
        part.flatMap((words) => [
          words.map((word) => lexeme(word, sign)).join(' & '),
          ...(words.length === 1 ? besides(words[0] ?? '').map((word) => lexeme(word, '')) : []),
        ]),
      ),
    )
    .join(' & ');

/** What a search asks for, or null where it holds no word. */
export function readSearch(text: string): SearchText | null {
  const parts = partsOf(text);
  if (parts.length === 0) return null;
  const words = [...new Set(parts.flat(2))];
  return {
    parts,
    whole: asQuery(parts, '', () => []),
    begun: asQuery(parts, ':*', () => []),
    mistypable: words.filter(mayBeMistyped),
  };
}

/** As `begun`, or with one of the words that each may have been meant for. */
export const mistypedQuery = (search: SearchText, meant: ReadonlyMap<string, readonly string[]>): string =>
  asQuery(search.parts, ':*', (word) => meant.get(word) ?? []);
