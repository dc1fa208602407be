// One search everywhere: what is typed and what is looked through are the same words, in any order, without accents; each typed word
// begins a word, and where nothing is found, it may be mistyped by one letter. The database's side is `search_words()` and `rows_found()`.

const SIGNS = /[!-/:-@[-`{-~\s]+/g;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** Shorter words have too many neighbours to be mistyped. */
const LEAST_TO_MISTYPE = 4;

/** Letters that are none with a mark, as PostgreSQL's `unaccent` writes them. */
const ALIKE: Record<string, string> = {
  ...{ đ: 'd', æ: 'ae', ð: 'd', ø: 'o', þ: 'th', ß: 'ss', ħ: 'h', ı: 'i', ĸ: 'q', ŀ: 'l', ł: 'l', ŉ: "'n", ŋ: 'n' },
  ...{ œ: 'oe', ŧ: 't', ĳ: 'ij', ſ: 's' },
};
const UNLIKE = /[đæðøþßħıĸŀłŉŋœŧĳſⅰ-ⅿ]/g;

/** Text without accents, case or doubled blanks: names are matched without regard to them ("Đặng" is found by "dang"). */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(UNLIKE, (letter) => ALIKE[letter] ?? letter.normalize('NFKD'))
    .replace(/\s+/g, ' ')
    .trim();
}

/** The words of a text, without accents and signs. */
export const searchWords = (text: string): string[] => foldText(text).replace(SIGNS, ' ').split(' ').filter(Boolean);

/** Whether a word is long enough, and made of letters alone, to be taken for a mistyped one: figures are as they are. */
export const mayBeMistyped = (word: string): boolean => word.length >= LEAST_TO_MISTYPE && /^[a-z]+$/.test(word);

/** Every word of letters that is one mistake away: a letter that is wrong, missing, too many, or changed places with its neighbour. */
export function mistypings(word: string): string[] {
  const found = new Set<string>();
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    found.add(before + after.slice(1));
    if (after.length > 1) found.add(`${before}${after[1]}${after[0]}${after.slice(2)}`);
    for (const letter of LETTERS) {
      found.add(before + letter + after);
      if (after) found.add(before + letter + after.slice(1));
    }
  }
  found.delete(word);
  return [...found];
}

/** Whether two words are one mistake apart, or none. */
export function isOneMistake(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const [rest, others] = [one.slice(at), other.slice(at)];
  if (rest.length === others.length) {
    const isSwapped = rest[0] === others[1] && rest[1] === others[0] && rest.slice(2) === others.slice(2);
    return isSwapped || rest.slice(1) === others.slice(1);
  }
  return rest.length > others.length ? rest.slice(1) === others : rest === others.slice(1);
}

/** Whether every word of the query begins a word of the text. */
export function matchesText(text: string, query: string): boolean {
  const words = searchWords(text);
  return searchWords(query).every((typed) => words.some((word) => word.startsWith(typed)));
}

const matchesMistyped = (text: string, query: string): boolean => {
  const words = searchWords(text);
  return searchWords(query).every((typed) =>
    words.some((word) => word.startsWith(typed) || (mayBeMistyped(typed) && isOneMistake(typed, word))),
  );
};

/** Those whose text fits the query; where there is none, those that fit it but for one mistake a word. */
export function matching<T>(all: readonly T[], textOf: (one: T) => string, query: string): T[] {
  const found = all.filter((one) => matchesText(textOf(one), query));
  return found.length > 0 ? found : all.filter((one) => matchesMistyped(textOf(one), query));
}
