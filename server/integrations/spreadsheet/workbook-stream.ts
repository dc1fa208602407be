import { SheetError } from './port';
import type { Archive } from './scan';
import { planWorkbook, relationsPart, type WorkbookPlan, workbookPart } from './workbook-directory';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

export async function readPlan(archive: Archive): Promise<WorkbookPlan> {
  const workbook = workbookPart(await archive.text('_rels/.rels')) ?? 'xl/workbook.xml';
  const plan = planWorkbook(await archive.text(workbook), await archive.text(relationsPart(workbook)), workbook);
  if (!plan) throw new SheetError('empty', { place: workbook });
  return plan;
}

/** The local header of a stored part: a streaming reader needs no directory. */
function header(name: string, size: number): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE(0x04034b50, 0);
  bytes.writeUInt16LE(20, 4);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt32LE(size, 22);
  bytes.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([bytes, Buffer.from(name)]);
}

function part(name: string, content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([header(name, bytes.length), bytes]);
}

const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
const relations = (...list: string[]) =>
  `<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`;

/** More than a cell can take, by far. */
const LONGEST_CELL = 512 * 1024;

/** How much the row reader takes at a time: smaller pieces would be joined there, again and again. */
const PIECE = 1024 * 1024;

/** The same bytes in larger pieces that end behind a cell or row, wherever they were cut before. */
async function* wholeCells(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    size += piece.length;
    if (size < PIECE) continue;
    const joined = Buffer.concat(waiting);
    const closed = Math.max(joined.lastIndexOf('c>') + 2, joined.lastIndexOf('row>') + 4);
    const cut = joined.length - closed < LONGEST_CELL ? closed : joined.length;
    waiting = [joined.subarray(cut)];
    size = joined.length - cut;
    if (cut > 0) yield joined.subarray(0, cut);
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/**
 * One sheet as a workbook of its own, in a stream with the parts in the order that lets a reader begin with the rows.
 * The sheet passes through `change`, which keeps its length, in pieces of whole cells as they are unpacked. The shared
 * strings stay behind.
 */
export async function* sheetAlone(
  archive: Archive,
  plan: WorkbookPlan,
  styles: string,
  change: (cells: Buffer) => Buffer,
): AsyncGenerator<Buffer> {
  const properties = plan.date1904 ? '<workbookPr date1904="1"/>' : '';
  const sheet = '<sheets><sheet name="Sheet" sheetId="1" r:id="rId1"/></sheets>';
  const related = [relation('rId1', 'worksheet', 'worksheets/sheet1.xml')];
  if (styles) related.push(relation('rId2', 'styles', 'styles.xml'));
  yield part('[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types"/>`);
  yield part('_rels/.rels', relations(relation('rId1', 'officeDocument', 'xl/workbook.xml')));
  yield part('xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${properties}${sheet}</workbook>`);
  yield part('xl/_rels/workbook.xml.rels', relations(...related));
  if (styles) yield part('xl/styles.xml', styles);
  yield header('xl/worksheets/sheet1.xml', archive.sizeOf(plan.sheetPart));
  for await (const cells of wholeCells(archive.pieces(plan.sheetPart))) yield change(cells);
}
