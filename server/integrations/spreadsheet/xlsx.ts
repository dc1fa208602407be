import { readCellFormats } from './cell-format';
import { MergedCells, readMergedAreas } from './merged-areas';
import { MOST_OTHER_SHEETS, type OpenSheet, type SheetLimits, type VisitRow } from './port';
import { Archive } from './scan';
import { noStrings, readSharedStrings } from './shared-strings';
import { type CellContext, SheetCells } from './sheet-cells';
import { readPlan, type WorkbookPlan } from './workbook-directory';
import { readXml } from './xml';

async function readContext(archive: Archive, plan: WorkbookPlan, limits: SheetLimits): Promise<CellContext> {
  const { stylesPart: styles, stringsPart: strings, date1904 } = plan;
  return {
    date1904,
    merged: new MergedCells(await readMergedAreas(archive, plan.sheetPart), limits.columns),
    formats: archive.has(styles) ? await readCellFormats(archive.pieces(styles), styles) : [],
    strings:
      strings && archive.has(strings) ? await readSharedStrings(archive.pieces(strings), strings, limits) : noStrings,
  };
}

async function visitRows(
  archive: Archive,
  { sheetPart }: WorkbookPlan,
  cells: SheetCells,
  visit: VisitRow,
): Promise<void> {
  const handOn = async () => {
    const rows = cells.ready;
    cells.ready = [];
    for (const row of rows) await visit(row);
  };
  await readXml(archive.pieces(sheetPart), sheetPart, cells, () => (cells.ready.length > 0 ? handOn() : undefined));
}

const CELL = /<(?:\w+:)?c[\s/>]/;

/** Whether a sheet holds a cell near its beginning: programs add empty ones of their own. A broken part is somebody else's. */
async function hasCells(archive: Archive, part: string): Promise<boolean> {
  if (!archive.has(part)) return false;
  for await (const piece of archive.pieces(part)) return CELL.test(piece.toString('latin1'));
  return false;
}

async function otherSheets(archive: Archive, { others }: WorkbookPlan): Promise<string[]> {
  const names: string[] = [];
  for (const { name, part } of others.slice(0, MOST_OTHER_SHEETS)) {
    if (await hasCells(archive, part).catch(() => false)) names.push(name);
  }
  return names;
}

/** The first visible sheet of a workbook; formula cells give the value that was saved with them. */
export async function openXlsx(bytes: Uint8Array, limits: SheetLimits): Promise<OpenSheet> {
  const archive = await Archive.open(bytes, limits);
  const plan = await readPlan(archive);
  const others = await otherSheets(archive, plan);
  const cells = new SheetCells(await readContext(archive, plan, limits), limits, plan.sheetPart);
  return {
    format: 'xlsx',
    sheetName: plan.sheetName,
    otherSheets: others,
    hiddenColumns: () => cells.hiddenColumns,
    each: (visit) => visitRows(archive, plan, cells, visit),
  };
}
