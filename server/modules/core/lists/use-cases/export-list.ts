import { Readable } from 'node:stream';
import { createTranslator } from 'next-intl';
import { loadMessages } from '@/i18n/catalogue';
import { csvLine } from '@/server/domain/csv';
import { minorDigits } from '@/server/domain/currency';
import type { StaffActor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { readPart } from '@/server/platform/bulk-reads';
import { inTransaction } from '@/server/platform/db';
import { PortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { type WorkbookCell, writeXlsx } from '@/server/platform/write-xlsx';
import { mustOpenList } from '../policy';
import { plainText, readText } from '../rules';
import type { ExportCell, ExportColumn, ExportFields, ExportInput, ListExport, Translate } from '../schema';

const PAGE_ROWS = 500;
/** More than this nobody reads; what is more is for programs, which ask by month. */
const MOST_ROWS = 200_000;
const BOM = '\uFEFF';
const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
};

type Locale = 'vi' | 'en';
type Table = { title: string; headers: string[]; rows: AsyncGenerator<ExportCell[]>; timeZone: string; locale: Locale };

/** The columns that were asked for, in that order; all where none were. Throws `invalid_input` for one that there is not. */
function chosen<Row>(all: readonly ExportColumn<Row>[], names: readonly string[] | undefined): ExportColumn<Row>[] {
  if (!names) return [...all];
  return names.map((name) => {
    const column = all.find(({ id }) => id === name);
    if (!column) throw new PortalError('invalid', 'invalid_input');
    return column;
  });
}

type Read<Row> = ReturnType<ListExport<Row>['read']>;

/** The pages of a list, together at most `most` rows; `cut` where there are more, which a file must not hide. */
async function* pagesOf<Row>(read: Read<Row>, most: number): AsyncGenerator<Row[] | 'cut'> {
  let cursor: string | null = null;
  let left = most;
  do {
    const page: Awaited<ReturnType<Read<Row>>> = await read({ cursor, limit: Math.min(PAGE_ROWS, left) });
    yield page.rows;
    left -= page.rows.length;
    cursor = page.nextCursor;
  } while (cursor !== null && left > 0);
  if (cursor !== null) yield 'cut';
}

async function translatorOf(namespace: string, locale: Locale): Promise<Translate> {
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace });
  type Key = Parameters<typeof t.has>[0];
  return (key, values) => t(key as Key, values);
}

async function* csv({ headers, rows, timeZone }: Table): AsyncGenerator<string> {
  yield BOM + csvLine(headers);
  for await (const cells of rows) yield csvLine(cells.map((cell) => plainText(cell, timeZone)));
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const isFigure = (cell: ExportCell) =>
  typeof cell === 'number' || (cell !== null && typeof cell === 'object' && 'minor' in cell);

async function* html({ title, headers, rows, ...how }: Table): AsyncGenerator<string> {
  yield `<!doctype html><html lang="${how.locale}"><head><meta charset="utf-8"><title>${escaped(title)}</title><link rel="stylesheet" href="/print.css"></head><body><h1>${escaped(title)}</h1><table><thead><tr>`;
  yield `${headers.map((header) => `<th>${escaped(header)}</th>`).join('')}</tr></thead><tbody>`;
  for await (const cells of rows)
    yield `<tr>${cells.map((cell) => `<td${isFigure(cell) ? ' class="figure"' : ''}>${escaped(readText(cell, how))}</td>`).join('')}</tr>`;
  yield '</tbody></table></body></html>';
}

function workbookCell(cell: ExportCell, timeZone: string): WorkbookCell {
  if (typeof cell === 'number') return { number: String(cell), decimals: 0 };
  if (cell === null || typeof cell !== 'object') return cell;
  const text = plainText(cell, timeZone);
  if (text === '') return null;
  if ('minor' in cell) return { number: text, decimals: minorDigits(cell.currency) };
  return { clock: text };
}

async function* workbookRows({ rows, timeZone }: Table): AsyncGenerator<WorkbookCell[]> {
  for await (const cells of rows) yield cells.map((cell) => workbookCell(cell, timeZone));
}

const WRITERS = {
  csv: (table: Table) => Readable.from(csv(table), { objectMode: false }),
  html: (table: Table) => Readable.from(html(table), { objectMode: false }),
  xlsx: (table: Table) => writeXlsx(table.title, table.headers, workbookRows(table)),
};

export type ExportedList = { body: Readable; type: string; title: string };

/**
 * A list as a file, under the filters, in the order and with the columns that were asked for; the record of who took it is written before
 * the first row is read. At most 200,000 rows, and a last one that says so where there are more. Throws `not_permitted` for a list that the actor may not open and `invalid_input`.
 */
export async function exportList<Row>({
  actor,
  input,
  fields,
  locale,
  definition,
  most = MOST_ROWS,
}: {
  actor: StaffActor;
  input: ExportInput;
  fields: ExportFields;
  locale: Locale;
  definition: ListExport<Row>;
  most?: number;
}): Promise<ExportedList> {
  mustOpenList(actor, input.list);
  const columns = chosen(definition.columns, input.columns);
  const t = await translatorOf(definition.namespace, locale);
  const read = definition.read({ actor, fields: input.only ? { ...fields, only: input.only } : fields });
  const { timeZone } = await organisation();
  const ui = await translatorOf('ui', locale);
  async function* rows() {
    const inTurn: typeof read = (page) => readPart(actor.id, () => read(page));
    for await (const page of pagesOf(inTurn, most)) {
      if (page === 'cut') yield columns.map((_, at) => (at === 0 ? ui('export.cut', { rows: most }) : null));
      else for (const row of page) yield columns.map((column) => column.cell(row, t));
    }
  }
  await inTransaction((tx) =>
    recordAudit(tx, {
      actor,
      action: 'list.exported',
      entity: 'list',
      entityId: input.list,
      detail: { format: input.format, columns: columns.length, selected: input.only?.length ?? null },
    }),
  );
  const title = definition.title(t);
  const table = { title, headers: columns.map((column) => column.header(t)), rows: rows(), timeZone, locale };
  return { body: WRITERS[input.format](table), type: TYPES[input.format], title };
}
