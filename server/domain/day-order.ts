import type { CellProblem } from './problems';
import type { Layout, ReadRow } from './sheet-layout';
import { plainLine } from './text';

/**
 * Days of which it cannot be known whether day or month comes first. We read the day first; a program of another country writes the
 * month first, and then `10/25/2026` is no day, while `10/05/2026` passes as the tenth of May. Worse, a spreadsheet of that
 * country has made real dates of the days up to the twelfth, day and month swapped, and left the others as text. One cell does not
 * show it; the column does.
 */

const LOCAL = /(?:^|\s)(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d{2})(?=$|[\sT])/;
const REAL = /^(\d{4}-\d{2}-(\d{2}))(?=$|[\sT])/;
/** So few different days up to the twelfth may be all there are by chance. */
const BY_CHANCE = 1;

class Column {
  dayFirst = 0;
  monthFirst = 0;
  realLate = 0;
  firstLate = 0;
  firstMonthFirst = 0;
  readonly eitherWay: number[] = [];
  readonly realEarly: number[] = [];
  readonly earlyDays = new Set<string>();

  note(row: number, text: string, isRight: boolean): void {
    const [, date, day] = REAL.exec(text) ?? [];
    if (date !== undefined) {
      if (Number(day) > 12) this.realLate += 1;
      else if (isRight) this.realEarly.push(row);
      this.earlyDays.add(date);
      return;
    }
    const [, left, , right] = LOCAL.exec(text) ?? [];
    const [first, second] = [Number(left ?? 0), Number(right ?? 0)];
    if (first > 12 && second <= 12) this.dayFirst += 1;
    else if (first <= 12 && second > 12) this.monthFirst += 1;
    else if (isRight && first > 0 && first !== second) this.eitherWay.push(row);
    if (first > 12 || second > 12) this.firstLate ||= row;
    if (first <= 12 && second > 12) this.firstMonthFirst ||= row;
  }
}

/** Looks at the days of a sheet, row by row, and says in the end which of them nobody can know. */
export class DayOrder {
  readonly #columns = new Map<string, Column>();

  /** @param isText whether the sheet is text, in which no date is a real one */
  constructor(private readonly isText: boolean) {}

  /** `isRight`: nothing else is wrong with the cell; one that is wrong is a witness all the same. */
  note(row: number, column: string, text: string, isRight: boolean): void {
    const known = this.#columns.get(column) ?? new Column();
    this.#columns.set(column, known);
    // As the cell itself is read: a mark of direction before a part hides no witness.
    known.note(row, plainLine(text), isRight);
  }

  doubtful(): CellProblem[] {
    return [...this.#columns].flatMap(([column, { eitherWay, realEarly, ...seen }]): CellProblem[] => {
      const problems = (rows: readonly number[], code: string, first: number) =>
        rows.map((row) => ({ row, column, code, params: { first: String(first) } }));
      const monthComesFirst = seen.monthFirst > 0 && seen.monthFirst >= seen.dayFirst;
      const isSwapped = !this.isText && seen.realLate === 0 && seen.firstLate > 0 && seen.earlyDays.size > BY_CHANCE;
      return [
        ...(monthComesFirst ? problems(eitherWay, 'day_or_month', seen.firstMonthFirst) : []),
        ...(isSwapped ? problems(realEarly, 'swapped_day', seen.firstLate) : []),
      ];
    });
  }
}

/** Notes the days of a row that stand in these columns; `problems` are what is wrong with it besides. */
export function noteDays(
  days: DayOrder,
  columns: readonly string[],
  { number, cells }: ReadRow,
  { places }: Pick<Layout, 'places'>,
  problems: readonly Pick<CellProblem, 'column'>[],
): void {
  for (const column of columns) {
    const text = cells[places[column] ?? -1];
    if (text) days.note(number, column, text, !problems.some((problem) => problem.column === column));
  }
}
