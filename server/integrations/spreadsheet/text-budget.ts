import { type CellFault, SheetError, type SheetLimits, type SheetRow } from './port';

/** Counts what the cells of a sheet hold, and cuts those that are too long, for the readers that get their rows whole. */
export class TextBudget {
  readonly #limits: SheetLimits;
  #chars = 0;

  constructor(limits: SheetLimits) {
    this.#limits = limits;
  }

  /** Throws `too_many_columns` and `too_much_text` with the row. */
  take(number: number, cells: (string | null)[]): SheetRow {
    const place = `row ${number}`;
    const { columns, cellChars, textChars } = this.#limits;
    if (cells.length > columns) throw new SheetError('too_many_columns', { place, limit: columns });
    const faults: CellFault[] = [];
    cells.forEach((cell, column) => {
      if (cell === null) return;
      this.#chars += Math.min(cell.length, cellChars);
      if (cell.length <= cellChars) return;
      cells[column] = cell.slice(0, cellChars);
      faults.push({ column, code: 'too_long' });
    });
    if (this.#chars > textChars) throw new SheetError('too_much_text', { place, limit: textChars });
    return faults.length > 0 ? { number, cells, faults } : { number, cells };
  }
}
