import { mistypings } from '@/server/domain/search-words';
import { db, type Sql, sql } from './db';
import { mistypedQuery, readSearch, type SearchText } from './search-text';

/** Tables whose rows are found by their words: each has `search_words`, and an `id` that grows with time. */
export type Searched = 'patient' | 'doctor' | 'customer' | 'service' | 'upload';

/** More than these are not named one by one: a list that is so long goes through its rows in order instead. */
const MOST = 1_000;
/** Of the newest thousand rows: where so many fit, more are not looked for. */
const DENSE = 20;
const MOST_MEANT = 12;

type Found = { ids: string[]; complete: boolean };

const rowsFound = (table: Searched, queries: readonly string[], enough: number) =>
  db().$queryRaw<Found[]>(sql`
    SELECT ids, complete FROM rows_found(${table}, ${queries as string[]}::tsquery[], ${enough}::int, ${MOST}::int)`);

/** The query with the words that may have been meant, as far as the table knows them; null where there is none. */
async function mistyped(table: Searched, search: SearchText): Promise<string | null> {
  if (search.mistypable.length === 0) return null;
  const meant = new Map<string, string[]>();
  for (const word of search.mistypable) {
    const [known] = await db().$queryRaw<{ words: string[] }[]>(
      sql`SELECT known_words(${table}, ${mistypings(word)}::text[]) AS words`,
    );
    meant.set(word, (known?.words ?? []).slice(0, MOST_MEANT));
  }
  return [...meant.values()].some((words) => words.length > 0) ? mistypedQuery(search, meant) : null;
}

/**
 * The rows of a table that fit what is typed, for who chooses one of a few: those that have just these words, those with words that
 * begin with them, and where there is none, those but for one mistake a word; the newest first within each.
 */
export async function likeliest(table: Searched, text: string, enough: number): Promise<string[]> {
  const search = readSearch(text);
  if (!search) return [];
  const tiers = await rowsFound(table, [search.whole, search.begun], enough);
  const found = [...new Set(tiers.flatMap(({ ids }) => ids))];
  if (found.length > 0) return found;
  const query = await mistyped(table, search);
  return query ? ((await rowsFound(table, [query], enough))[0]?.ids ?? []) : [];
}

/** What a list's search found: rows by name, or, where there are too many, the query that each is tried by. */
export type Fitting = { ids: string[] } | { query: string };

/** Everything of a table that fits what is typed: the words in any order, each the beginning of one; but for a mistake where there is nothing. */
export async function everythingFitting(table: Searched, text: string): Promise<Fitting> {
  const search = readSearch(text);
  if (!search) return { ids: [] };
  const fitting = async (query: string): Promise<Fitting> => {
    const [found] = await rowsFound(table, [query], DENSE);
    return found && !found.complete ? { query } : { ids: found?.ids ?? [] };
  };
  const found = await fitting(search.begun);
  if ('query' in found || found.ids.length > 0) return found;
  const query = await mistyped(table, search);
  return query ? fitting(query) : found;
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
  const begun = sql`${words} @@ ${search.begun}::tsquery`;
  if (search.mistypable.length === 0 || (await exists(begun))) return begun;
  const meant = new Map(search.mistypable.map((word) => [word, mistypings(word)]));
  return sql`${words} @@ ${mistypedQuery(search, meant)}::tsquery`;
}
