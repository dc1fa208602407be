import { isVisible } from '@/server/domain/text';
import { type ColumnMatch, countNamed, matchColumns, type WantedColumn } from './columns';
import { type RowSpan, SheetError, type SheetRow } from './port';

/** How far down the titles are looked for: a heading, a date, the clinic's address may stand above them. */
const FARTHEST = 20;
/** Fewer titles than these may stand in any sentence. */
const ENOUGH = 2;

export interface FoundHeader {
  header: SheetRow;
  match: ColumnMatch | null;
  /** See `SheetSource`. */
  above: RowSpan | null;
  /** The rows below it that were read while it was looked for. */
  rest: SheetRow[];
}

/** How a sheet's titles are found: those of `wanted` columns, or the row that was found so before. */
export interface HeaderSearch {
  wanted: readonly WantedColumn[] | null;
  row: number | null;
}

const filled = ({ cells }: SheetRow) => cells.filter(isVisible).length;

/** From the first to the last of the rows that fill half as many cells as the titles. */
function fullRows(rows: readonly SheetRow[], header: SheetRow): RowSpan | null {
  const full = rows.filter((row) => filled(row) > 1 && 2 * filled(row) >= filled(header));
  const [first, last] = [full[0], full.at(-1)];
  return first && last ? { from: first.number, to: last.number } : null;
}

/** Takes rows until the titles are known: the first row, unless columns are wanted and one of the next twenty names more of them. */
export class HeaderFinder {
  readonly #search: HeaderSearch;
  readonly #rows: SheetRow[] = [];

  constructor(search: HeaderSearch) {
    this.#search = search;
  }

  /** Null while more rows are needed. */
  take(row: SheetRow): FoundHeader | null {
    const { wanted, row: known } = this.#search;
    if (known !== null) return row.number < known ? null : this.#found(row, []);
    if (!wanted) return this.#found(row, []);
    this.#rows.push(row);
    return this.#rows.length >= FARTHEST || this.#isPlain(row) ? this.end() : null;
  }

  /** What is found in the rows so far, when there are no more. Throws `empty` where there were none. */
  end(): FoundHeader {
    const [first] = this.#rows;
    if (!first) throw new SheetError('empty');
    let best = first;
    let most = Math.max(ENOUGH - 1, this.#named(first));
    for (const row of this.#rows) {
      const count = this.#named(row);
      if (count <= most) continue;
      best = row;
      most = count;
    }
    return this.#found(best, this.#rows.slice(this.#rows.indexOf(best) + 1));
  }

  /** The very first row names every column that must be there: nothing better can come. */
  #isPlain(row: SheetRow): boolean {
    const wanted = this.#search.wanted?.filter(({ required }) => required) ?? [];
    return this.#rows.length === 1 && countNamed(row.cells, wanted) === wanted.length && this.#named(row) >= ENOUGH;
  }

  #found(header: SheetRow, rest: SheetRow[]): FoundHeader {
    const above = this.#rows.slice(0, Math.max(0, this.#rows.indexOf(header)));
    return { header, rest, above: fullRows(above, header), match: this.#search.wanted ? this.#match(header) : null };
  }

  #named(row: SheetRow): number {
    return countNamed(row.cells, this.#search.wanted ?? []);
  }

  #match(row: SheetRow): ColumnMatch {
    return matchColumns(row.cells, this.#search.wanted ?? []);
  }
}
