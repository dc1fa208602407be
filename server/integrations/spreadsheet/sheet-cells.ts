import { type CellFormat, formatCell, marksOf } from './cell-format';
import { formatIsoDate } from './cells';
import type { MergedCells } from './merged-areas';
import {
  CELL_MARKS,
  type CellFault,
  type CellMark,
  isBlankRow,
  losesDigits,
  SheetError,
  type SheetLimits,
  type SheetRow,
} from './port';
import { RichText, unescapeText } from './rich-text';
import type { SharedStrings } from './shared-strings';
import type { XmlVisitor } from './xml';

/** What cells point to outside of their sheet. */
export interface CellContext {
  strings: SharedStrings;
  formats: readonly CellFormat[];
  date1904: boolean;
  merged: MergedCells;
}

const REFERENCE = /^([A-Z]{1,3})(\d{1,7})$/i;
const INTEGER = /^-?\d+$/;
const BOOLEANS: Record<string, string> = { 1: 'true', true: 'true', 0: 'false', false: 'false' };
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,4})?$/i;

/** By its own word, or with no height or width to be seen by. */
const isHidden = (hidden: string | undefined, size: string | undefined) =>
  hidden === '1' || hidden === 'true' || (size !== undefined && Number(size) === 0);

function columnOf(letters: string): number {
  let index = 0;
  for (const letter of letters.toUpperCase()) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/** A number's digits as the file holds them where a float would lose some; else as the cell's format shows it. */
function numberText(raw: string, format: CellFormat | undefined, date1904: boolean): string {
  const text = raw.trim();
  if (!NUMBER.test(text)) return raw;
  if ((!format || format.kind === 'plain') && INTEGER.test(text))
    return text.replace(/^(-?)0+(?=\d)/, '$1').replace(/^-0$/, '0');
  return formatCell(Number(text), format, date1904);
}

/** One cell while its markup is read. */
class Cell {
  readonly #limits: SheetLimits;
  readonly #rich: RichText;
  #type = 'n';
  #style = 0;
  #value: string | null = null;
  #formula: string | null = null;
  #into: 'value' | 'formula' | 'rich' | null = null;
  #isRich = false;
  column = 0;

  constructor(limits: SheetLimits) {
    this.#limits = limits;
    this.#rich = new RichText(limits.cellChars + 1);
  }

  begin(column: number, type: string, style: number): void {
    this.column = column;
    this.#type = type;
    this.#style = style;
    this.#value = null;
    this.#formula = null;
    this.#into = null;
    this.#isRich = false;
  }

  open(name: string): void {
    if (this.#into === 'rich') this.#rich.open(name);
    else if (name === 'v') {
      this.#into = 'value';
      this.#value ??= '';
    } else if (name === 'f') {
      this.#into = 'formula';
      this.#formula ??= '';
    } else if (name === 'is') {
      this.#into = 'rich';
      this.#isRich = true;
      this.#rich.begin();
    }
  }

  close(name: string): void {
    if (this.#into === 'rich' && name !== 'is') this.#rich.close(name);
    else this.#into = null;
  }

  text(text: string): void {
    const most = this.#limits.cellChars + 1;
    if (this.#into === 'rich') this.#rich.text(text);
    else if (this.#into === 'value') this.#value = `${this.#value}${text}`.slice(0, most);
    else if (this.#into === 'formula') this.#formula = `${this.#formula}${text}`.slice(0, most);
  }

  /** The text of the finished cell, and what is wrong with it; `row` is for the place of an error. */
  read(
    { strings, formats, date1904 }: CellContext,
    row: number,
  ): { text: string | null; fault: CellFault['code'] | null } {
    if (this.#isRich) return this.#within(this.#rich.value);
    if (this.#formula !== null && (this.#value === null || (this.#value === '' && this.#type !== 'str')))
      return this.#within(`=${this.#formula}`, 'no_result');
    const value = this.#value;
    if (value === null || value === '') return { text: null, fault: null };
    if (this.#type === 's') return this.#shared(value, strings, row);
    if (this.#type === 'str' || this.#type === 'inlineStr') return this.#within(unescapeText(value));
    if (this.#type === 'b') return this.#within(BOOLEANS[value.trim().toLowerCase()] ?? value);
    if (this.#type === 'd') return this.#within(formatIsoDate(value));
    if (this.#type === 'e') return this.#within(value);
    // A number of an unknown format may be a share, a day or a code: nothing says which.
    if (this.#style > 0 && !formats[this.#style])
      throw new SheetError('corrupt', { place: `row ${row}`, found: 'cell style' });
    const text = numberText(value, formats[this.#style], date1904);
    return this.#within(text, this.isNumber && losesDigits(text) ? 'lost_digits' : null);
  }

  /** Whether the cell is a number, whatever its text looks like. */
  get isNumber(): boolean {
    return this.#type === 'n' && !this.#isRich;
  }

  /** What is to be known of it beside its text. */
  marks(text: string, formats: readonly CellFormat[]): readonly CellMark[] {
    if (this.#type === 'd') return ['typed'];
    if (!this.isNumber || !NUMBER.test(this.#value?.trim() ?? '')) return [];
    const marks = marksOf(Number(this.#value), text, formats[this.#style]);
    return CELL_MARKS.filter((mark) => marks[mark]);
  }

  #shared(value: string, strings: SharedStrings, row: number) {
    const index = INTEGER.test(value.trim()) ? Number(value) : -1;
    const text = strings.at(index);
    if (text === undefined) throw new SheetError('corrupt', { place: `row ${row}`, found: 'shared string' });
    return { text: text || null, fault: strings.isCut(index) ? ('too_long' as const) : null };
  }

  #within(text: string, fault: CellFault['code'] | null = null) {
    const most = this.#limits.cellChars;
    return text.length > most
      ? { text: text.slice(0, most), fault: fault ?? ('too_long' as const) }
      : { text: text || null, fault };
  }
}

/**
 * Makes rows of the markup of one sheet. Rows and cells without a reference stand behind the one before them, as the standard
 * has it. Finished rows lie in `ready` until they are taken.
 */
export class SheetCells implements XmlVisitor {
  ready: SheetRow[] = [];
  readonly #hiddenColumns = new Set<number>();
  readonly #context: CellContext;
  readonly #limits: SheetLimits;
  readonly #place: string;
  readonly #cell: Cell;
  #level: 'outside' | 'data' | 'row' | 'cell' = 'outside';
  /** How deep within something that is neither row, cell nor part of a cell. */
  #foreign = 0;
  #row: number | null = null;
  #hidden = false;
  #last = 0;
  #next = 0;
  #cells: (string | null)[] = [];
  #faults: CellFault[] = [];
  #marks: Partial<Record<CellMark, number[]>> = {};
  #chars = 0;

  constructor(context: CellContext, limits: SheetLimits, place: string) {
    this.#context = context;
    this.#limits = limits;
    this.#place = place;
    this.#cell = new Cell(limits);
  }

  /** Each once, however often a file names it. */
  get hiddenColumns(): number[] {
    return [...this.#hiddenColumns];
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#level === 'outside') {
      if (name === 'sheetData') this.#level = 'data';
      if (name === 'col') this.#noteColumns(attributes);
    } else if (this.#foreign > 0) this.#foreign += 1;
    else if (this.#level === 'data' && name === 'row') this.#beginRow(attributes);
    else if (this.#level === 'row' && name === 'c') this.#beginCell(attributes);
    else if (this.#level === 'cell' && name !== 'extLst') this.#cell.open(name);
    else this.#foreign = 1;
  }

  text(text: string): void {
    if (this.#level === 'cell' && this.#foreign === 0) this.#cell.text(text);
  }

  close(name: string): void {
    if (this.#foreign > 0) this.#foreign -= 1;
    else if (this.#level === 'cell') {
      if (name === 'c') this.#endCell();
      else this.#cell.close(name);
    } else if (this.#level === 'row' && name === 'row') this.#endRow();
    else if (this.#level === 'data' && name === 'sheetData') this.#level = 'outside';
  }

  /** Columns of one kind, from 1, both ends included. */
  #noteColumns({ min, max, hidden, width }: Readonly<Record<string, string>>): void {
    const [first, last] = [Number(min), Math.min(Number(max), this.#limits.columns)];
    if (!isHidden(hidden, width) || !(first >= 1)) return;
    for (let column = first; column <= last; column += 1) this.#hiddenColumns.add(column - 1);
  }

  #beginRow({ r: given, hidden, ht }: Readonly<Record<string, string>>): void {
    this.#level = 'row';
    this.#hidden = isHidden(hidden, ht);
    this.#row = given === undefined ? null : this.#numbered(given);
    this.#next = 0;
    this.#cells = [];
    this.#faults = [];
    this.#marks = {};
  }

  #numbered(text: string): number {
    const number = /^\d{1,7}$/.test(text) ? Number(text) : 0;
    if (number <= this.#last) throw new SheetError('corrupt', { place: `${this.#place}, after row ${this.#last}` });
    return number;
  }

  #beginCell({ r: reference, t: type = 'n', s: style = '0' }: Readonly<Record<string, string>>): void {
    let column = this.#next;
    if (reference !== undefined) {
      const [, letters, digits] = REFERENCE.exec(reference) ?? [];
      // A row without a number of its own takes it from its first cell that has one.
      if (digits && this.#row === null) this.#row = this.#numbered(digits);
      if (!letters || Number(digits) !== this.#row)
        throw new SheetError('corrupt', { place: `row ${this.#number()}`, found: 'cell reference' });
      column = columnOf(letters);
    }
    this.#next = column + 1;
    this.#level = 'cell';
    this.#cell.begin(column, type, Number(style));
  }

  #number = (): number => this.#row ?? this.#last + 1;

  #endCell(): void {
    this.#level = 'row';
    const { text, fault } = this.#cell.read(this.#context, this.#number());
    if (text === null) return;
    const { column } = this.#cell;
    const place = `row ${this.#number()}`;
    if (column >= this.#limits.columns)
      throw new SheetError('too_many_columns', { place, limit: this.#limits.columns });
    if (this.#cells[column]) throw new SheetError('corrupt', { place, found: 'cell reference' });
    while (this.#cells.length < column) this.#cells.push(null);
    this.#cells[column] = text;
    this.#chars += text.length;
    if (this.#chars > this.#limits.textChars)
      throw new SheetError('too_much_text', { place, limit: this.#limits.textChars });
    if (fault) this.#faults.push({ column, code: fault });
    else this.#mark(column, this.#cell.marks(text, this.#context.formats));
  }

  #mark(column: number, marks: readonly CellMark[]): void {
    for (const mark of marks) this.#marks[mark] = [...(this.#marks[mark] ?? []), column];
  }

  #endRow(): void {
    this.#level = 'data';
    const number = this.#number();
    this.#last = number;
    if (isBlankRow(this.#cells)) return;
    const row: SheetRow = { number, cells: this.#cells, ...this.#marks };
    if (this.#hidden) row.hidden = true;
    if (this.#faults.length > 0) row.faults = this.#faults;
    const merged = this.#context.merged.under(number);
    if (merged.length > 0) row.merged = merged;
    this.ready.push(row);
  }
}
