import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A cell of a workbook: text, a number with so many decimals, a moment or a day on the wall clock ("2026-11-29 08:05", "2026-11-29"). */
export type WorkbookCell = null | string | { number: string; decimals: number } | { clock: string };

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

// Styles by their place: 0 plain, 1 heading, 2 whole number, 3 two decimals, 4 three decimals, 5 day, 6 moment.
const [PLAIN, HEADING, WHOLE, DAY, MOMENT] = [0, 1, 2, 5, 6];
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.000"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/><numFmt numFmtId="166" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7">${[
  [0, 0],
  [0, 1],
  [3, 0],
  [4, 0],
  [164, 0],
  [165, 0],
  [166, 0],
]
  .map(([format, font]) => `<xf numFmtId="${format}" fontId="${font}" xfId="0" applyNumberFormat="1" applyFont="1"/>`)
  .join('')}</cellXfs></styleSheet>`;

const PARTS: Record<string, string> = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': STYLES,
};

// What XML 1.0 cannot hold at all.
const UNFIT = /[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]|\p{Cs}/gu;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(UNFIT, '').replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
// `_x0041_` is how a workbook writes an A (ECMA-376, 22.9.2.19): a text that looks so has its first sign written like that.
const literal = (text: string) => text.replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_');

const DAY_MS = 86_400_000;
/** Days since the last of 1899, as workbooks count them (ECMA-376, 18.17.4.1). */
const serial = (clock: string) =>
  (Date.parse(`${clock.replace(' ', 'T').padEnd(16, 'T00:00')}Z`) - Date.UTC(1899, 11, 30)) / DAY_MS;

const text = (value: string, style: number) =>
  `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(literal(value))}</t></is></c>`;

function cellXml(cell: WorkbookCell): string {
  if (cell === null) return '<c/>';
  if (typeof cell === 'string') return text(cell, PLAIN);
  if ('number' in cell)
    return `<c s="${WHOLE + Math.min(cell.decimals === 0 ? 0 : cell.decimals - 1, 2)}"><v>${cell.number}</v></c>`;
  return `<c s="${cell.clock.length > 10 ? MOMENT : DAY}"><v>${serial(cell.clock)}</v></c>`;
}

/** `A` to `Z`, then `AA`. */
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

/** Places are optional in the standard, and some readers find no cell without one. */
const rowXml = (cells: readonly string[], row: number) =>
  `<row r="${row}">${cells.map((cell, at) => `<c r="${letters(at)}${row}"${cell.slice(2)}`).join('')}</row>`;

async function* sheetXml(
  headers: readonly string[],
  rows: AsyncIterable<readonly WorkbookCell[]>,
): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>`;
  let row = 1;
  yield rowXml(
    headers.map((header) => text(header, HEADING)),
    row,
  );
  for await (const cells of rows) {
    row += 1;
    yield rowXml(cells.map(cellXml), row);
  }
  yield '</sheetData></worksheet>';
}

type Workbook = { title: string; headers: readonly string[]; rows: AsyncIterable<readonly WorkbookCell[]> };

async function* packed({ title, headers, rows }: Workbook): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const out = new PassThrough();
  const sheet = Readable.from(sheetXml(headers, rows), { encoding: 'utf8', objectMode: false });
  sheet.on('error', (error) => out.destroy(error));
  out.on('close', () => sheet.destroy());
  zip.on('error', (error: Error) => out.destroy(error));
  zip.outputStream.pipe(out);
  for (const [name, content] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(content), name);
  const name = escaped(title.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31)) || 'Sheet1';
  zip.addBuffer(
    Buffer.from(
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/workbook.xml',
  );
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml');
  zip.end();
  yield* out;
}

/**
 * A workbook (XLSX, ECMA-376) of one sheet with a frozen heading, as it is read: memory does not grow with its rows, and nothing of them
 * is asked for before somebody reads. Text stays text, so that nothing in it runs as a formula. What goes wrong in `rows` destroys the
 * stream.
 */
export const writeXlsx = (
  title: string,
  headers: readonly string[],
  rows: AsyncIterable<readonly WorkbookCell[]>,
): Readable => Readable.from(packed({ title, headers, rows }), { objectMode: false });
