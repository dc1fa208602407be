/**
 * What a row stream loses about cells: percentages (a number format), ISO date cells, and integers longer than a float
 * holds. Collected from the pieces of the sheet's XML on their way to the row reader, so that it is unpacked only once.
 */
export type CellMark = { kind: 'percent' } | { kind: 'date'; text: string } | { kind: 'digits'; text: string };
/** Row number → column index → mark. */
type SheetMarks = Map<number, Map<number, CellMark>>;

const CELL =
  /<(?:\w+:)?c\s([^>]*?)\/?>(?:<(?:\w+:)?f[^>]*(?:\/>|>[^<]*<\/(?:\w+:)?f>))?(?:<(?:\w+:)?v[^>]*>([^<]*)<)?/g;
const LONG_INTEGER = /^-?\d{16,}$/;

function columnIndex(letters: string): number {
  let index = 0;
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

function markOf(attributes: string, value: string, percentStyles: ReadonlySet<string>): CellMark | null {
  const type = /(?:^|\s)t="(\w+)"/.exec(attributes)?.[1] ?? 'n';
  if (type === 'd') return { kind: 'date', text: value };
  if (type !== 'n') return null;
  if (LONG_INTEGER.test(value)) return { kind: 'digits', text: value };
  const style = /(?:^|\s)s="(\d+)"/.exec(attributes)?.[1];
  return style && percentStyles.has(style) ? { kind: 'percent' } : null;
}

export class MarkCollector {
  readonly #marks: SheetMarks = new Map();
  readonly #percentStyles: ReadonlySet<string>;
  /** A cheap look that tells whether a piece of XML is worth the full expression. */
  readonly #worthwhile: RegExp;

  constructor(percentStyles: ReadonlySet<string>) {
    this.#percentStyles = percentStyles;
    const looks = ['>-?\\d{16,}<', '\\st="d"'];
    if (percentStyles.size > 0) looks.push(`\\ss="(?:${[...percentStyles].join('|')})"`);
    this.#worthwhile = new RegExp(looks.join('|'));
  }

  /** Takes the next piece of XML, of whole cells, read as Latin-1: marks are ASCII only. */
  add(text: string): void {
    if (!this.#worthwhile.test(text)) return;
    for (const [, attributes = '', value = ''] of text.matchAll(CELL)) {
      const mark = markOf(attributes, value, this.#percentStyles);
      const reference = /(?:^|\s)r="([A-Z]{1,3})(\d{1,7})"/.exec(attributes);
      if (!mark || !reference?.[1]) continue;
      const row = Number(reference[2]);
      const cells = this.#marks.get(row) ?? new Map<number, CellMark>();
      this.#marks.set(row, cells.set(columnIndex(reference[1]), mark));
    }
  }

  /** The marks of a row, which is done with then. All cells of the pieces so far have been looked at. */
  take(row: number): Map<number, CellMark> | undefined {
    const marks = this.#marks.get(row);
    if (marks) this.#marks.delete(row);
    return marks;
  }
}
