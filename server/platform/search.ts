import { mistypings } from '@/server/domain/search-words';
import { db, type Sql, sql } from './db';
import { mistypedQuery, readSearch, type SearchText } from './search-text';

/** Tables whose rows are found by their words: each has `search_words`, and an `id` that grows with time. */
export type Searched = 'patient' | 'doctor' | 'customer' | 'service' | 'upload';

/** More than these are not named one by one: a list that is so long goes through its rows in order instead. */
const MOST = 1_000;
/** Of the newest thousand rows: where so many fit, more are not looked for. */
const DENSE = 20;
const MOST_MEANT = 6;

/** Tables whose names are those of very many people: their words stand two by two as well, see `word_pairs()`. */
const isPaired = (table: Searched) => table === 'patient' || table === 'doctor';

type Found = { ids: string[]; complete: boolean };

const rowsFound = (table: Searched, queries: readonly string[], enough: number) =>
  db().$queryRaw<Found[]>(sql`
    SELECT ids, complete FROM rows_found(${table}, ${queries as string[]}::tsquery[], ${enough}::int, ${MOST}::int)`);

/** Queries with the words that may have been meant, as far as the table knows them: for words that it does not know, then for all. */
async function mistyped(table: Searched, search: SearchText): Promise<string[]> {
  const strange = new Map<string, string[]>();
  const meant = new Map<string, string[]>();
  for (const word of search.mistypable) {
    const [known] = await db().$queryRaw<{ words: string[] }[]>(
      sql`SELECT known_words(${table}, ${[word, ...mistypings(word)]}::text[]) AS words`,
    );
    const words = (known?.words ?? []).filter((one) => one !== word).slice(0, MOST_MEANT);
    if (words.length > 0) meant.set(word, words);
    if (words.length > 0 && !known?.words.includes(word)) strange.set(word, words);
  }
  const kinds = [strange, meant].filter(({ size }) => size > 0);
  return [...new Set(kinds.map((words) => mistypedQuery(search, words, isPaired(table))))];
}

/**
 * The rows of a table that fit what is typed, for who chooses one of a few: those that have just these words, those that have them but
 * for the last, which is being typed; where there is none, those with words that begin with them, and then those but for one mistake a
 * word. The newest first within each.
 */
export async function likeliest(table: Searched, text: string, enough: number): Promise<string[]> {
  const search = readSearch(text, isPaired(table));
  if (!search) return [];
  const found = async (...queries: string[]) => {
    const tiers = await rowsFound(table, [...new Set(queries)], enough);
    return [...new Set(tiers.flatMap(({ ids }) => ids))];
  };
  const ids = await found(search.whole, search.begun);
  if (ids.length > 0) return ids;
  const begun = search.each === search.begun ? [] : await found(search.each);
  if (begun.length > 0) return begun;
  for (const query of await mistyped(table, search)) {
    const guessed = await found(query);
    if (guessed.length > 0) return guessed;
  }
  return [];
}

/** What a list's search found: rows by name, or, where there are too many, the query that each is tried by. */
export type Fitting = { ids: string[] } | { query: string };

/**
 * Everything of a table that fits what is typed, in any order: rows that have the words, the last as far as it is typed; where there is
 * none, those with words that begin with them, and then those but for one mistake a word.
 */
export async function everythingFitting(table: Searched, text: string): Promise<Fitting> {
  const search = readSearch(text, isPaired(table));
  if (!search) return { ids: [] };
  const fitting = async (query: string): Promise<Fitting> => {
    const [found] = await rowsFound(table, [query], DENSE);
    return found && !found.complete ? { query } : { ids: found?.ids ?? [] };
  };
  const first = async (queries: Iterable<string>): Promise<Fitting | null> => {
    for (const query of queries) {
      const found = await fitting(query);
      if ('query' in found || found.ids.length > 0) return found;
    }
    return null;
  };
  const asTyped = await first(new Set(isPaired(table) ? [search.begun, search.each] : [search.each]));
  return asTyped ?? (await first(await mistyped(table, search))) ?? { ids: [] };
}

/** The condition that a row fits; `id` and `words` are its columns. */
export const fits = (found: Fitting, { id, words }: { id: Sql; words: Sql }): Sql =>
  'ids' in found ? sql`${id} = ANY (${found.ids}::uuid[])` : sql`${words} @@ ${found.query}::tsquery`;

/** The condition that a row fits whose words are made as it is read: of what is few. Mistakes are tried where `exists` finds nothing. */
export async function fittingWords(
  text: string,
  words: Sql,
  exists: (condition: Sql) => Promise<boolean>,
): Promise<Sql> {
  const search = readSearch(text);
  if (!search) return sql`false`;
  const begun = sql`${words} @@ ${search.each}::tsquery`;
  if (search.mistypable.length === 0 || (await exists(begun))) return begun;
  const meant = new Map(search.mistypable.map((word) => [word, mistypings(word)]));
  return sql`${words} @@ ${mistypedQuery(search, meant)}::tsquery`;
}
