import { setImmediate } from 'node:timers/promises';
import { type CellValue, type StreamRow, streamXlsxRows } from 'hucre/xlsx';
import { formatDate, formatNumber, formatPercent } from './cells';
import { isBlankRow, type OpenSheet, SheetError, type SheetLimits, type SheetRow, type VisitRow } from './port';
import { Archive } from './scan';
import { followPointer, hidePointers, readSharedStrings } from './shared-strings';
import { percentStyles, type WorkbookPlan } from './workbook-directory';
import { type CellMark, MarkCollector } from './workbook-marks';
import { readPlan, sheetAlone } from './workbook-stream';

/** What the row stream does not tell about the cells. */
interface SheetFacts {
  marks: MarkCollector;
  strings: readonly string[];
}

function toText(value: CellValue, mark: CellMark | undefined): string | null {
  if (value === null || value === '') return null;
  if (typeof value === 'string') {
    if (mark?.kind !== 'date') return value;
    return (
      formatDate(new Date(/T.*(Z|[+-]\d\d:\d\d)$/.test(value) || !value.includes('T') ? value : `${value}Z`)) || value
    );
  }
  if (typeof value === 'number') {
    if (mark?.kind === 'digits') return mark.text;
    return mark?.kind === 'percent' ? formatPercent(value) : formatNumber(value);
  }
  return value instanceof Date ? formatDate(value) : String(value);
}

function toRow({ index, values }: StreamRow, { marks, strings }: SheetFacts, limits: SheetLimits): SheetRow {
  const number = index + 1;
  const marked = marks.take(number);
  const cells = values.map((value, column) => {
    const text = toText(value, marked?.get(column));
    return text === null ? null : followPointer(text, strings, `row ${number}`) || null;
  });
  while (cells.length > 0 && cells[cells.length - 1] === null) cells.pop();
  if (cells.length > limits.columns) {
    throw new SheetError('too_many_columns', { place: `row ${number}`, limit: limits.columns });
  }
  return { number, cells };
}

/** Gives the rows of one sheet as fast as they are taken. */
class RowStream {
  readonly #workbook: AsyncGenerator<Buffer>;
  #pause: Promise<void> | undefined;

  constructor(workbook: AsyncGenerator<Buffer>) {
    this.#workbook = workbook;
  }

  rows(): AsyncIterable<StreamRow> {
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
      // The reader parses whatever it can get, and keeps the rows: a turn of the event loop lets those be taken first.
      await setImmediate();
      await this.#pause;
      const { done, value } = await this.#workbook.next();
      if (done) controller.close();
      else controller.enqueue(value);
    };
    return streamXlsxRows(new ReadableStream({ pull }, { highWaterMark: 0 }));
  }

  async waitFor(pause: Promise<void>): Promise<void> {
    this.#pause = pause;
    await pause;
    this.#pause = undefined;
  }
}

async function readFacts(archive: Archive, plan: WorkbookPlan, styles: string): Promise<SheetFacts> {
  const { stringsPart } = plan;
  const strings = stringsPart && archive.has(stringsPart) ? await readSharedStrings(archive.pieces(stringsPart)) : [];
  return { marks: new MarkCollector(percentStyles(styles)), strings };
}

async function visitRows(archive: Archive, plan: WorkbookPlan, limits: SheetLimits, visit: VisitRow): Promise<void> {
  const styles = plan.stylesPart && archive.has(plan.stylesPart) ? await archive.text(plan.stylesPart) : '';
  const facts = await readFacts(archive, plan, styles);
  const change = (cells: Buffer) => {
    const text = cells.toString('latin1');
    facts.marks.add(text);
    return hidePointers(cells, text);
  };
  const stream = new RowStream(sheetAlone(archive, plan, styles, change));
  let previous = 0;
  for await (const streamed of stream.rows()) {
    const row = toRow(streamed, facts, limits);
    if (!Number.isSafeInteger(row.number) || row.number <= previous) {
      throw new SheetError('corrupt', { place: `${plan.sheetPart}, after row ${previous}` });
    }
    previous = row.number;
    const pause = isBlankRow(row.cells) ? undefined : visit(row);
    if (pause) await stream.waitFor(pause);
  }
}

/** The first visible sheet of a workbook; formula cells give the value that was saved with them. */
export async function openXlsx(bytes: Uint8Array, limits: SheetLimits): Promise<OpenSheet> {
  const archive = await Archive.open(bytes, limits);
  const plan = await readPlan(archive);
  return {
    format: 'xlsx',
    sheetName: plan.sheetName,
    each: (visit) => visitRows(archive, plan, limits, visit),
  };
}
