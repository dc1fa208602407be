import { DayOrder, noteDays } from '@/server/domain/day-order';
import { textEncoding } from '@/server/domain/encoding';
import { figuresOf } from '@/server/domain/fields';
import { columnsWithDecimals } from '@/server/domain/minor-units';
import { sortProblems } from '@/server/domain/problems';
import { unclearColumns } from '@/server/domain/sheet-columns';
import {
  changedTexts,
  failedCells,
  numberCell,
  roundedFigures,
  shortenedCells,
  unreadableCells,
  unseen,
} from '@/server/domain/sheet-row';
import { isSheetError, spreadsheets } from '@/server/integrations/spreadsheet/port';
import { storage } from '@/server/integrations/storage/port';
import { previewRateCards, type SheetCells } from '@/server/modules/sales/pricing/public/preview-rate-cards';
import { publishRateCards } from '@/server/modules/sales/pricing/public/publish-rate-cards';
import { type RateCardProblem, rateCardRow, type VersionDifference } from '@/server/modules/sales/pricing/schema';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { notFound, PortalError } from '@/server/platform/errors';
import { countUpload, findUpload, type StoredUpload } from '../repository';
import { turnOf } from '../rules';
import { columnsMissing, sheetRefusal } from '../rules/refusals';

/** What the reader could not use, and cells that lost their digits; of the former a schema has nothing to say. */
type SheetRead = Record<'unreadable' | 'shortened' | 'odd', RateCardProblem[]> & { rows: SheetCells[] };

const DAYS = ['valid_from', 'valid_to'];

async function readCells({ storageKey, mapping, header }: StoredUpload): Promise<SheetRead> {
  const places = Object.entries(mapping ?? {});
  const read: SheetRead = { rows: [], unreadable: [], shortened: [], odd: [] };
  const sheet = await spreadsheets().read(await storage().open(storageKey), {
    headerRow: header.row,
    encoding: textEncoding(header.encoding) ?? undefined,
  });
  try {
    const facts = { isText: sheet.format === 'csv', titles: sheet.header.cells, places: mapping ?? {} };
    const layout = { ...facts, figures: figuresOf(rateCardRow) };
    const days = new DayOrder(sheet.format === 'csv');
    for await (const batch of sheet.batches) {
      for (const row of batch) {
        const cells = Object.fromEntries(
          places.map(([name, at]) => [name, name === 'price' ? numberCell(row, at) : (row.cells[at] ?? undefined)]),
        );
        read.rows.push({ row: row.number, cells, decimals: columnsWithDecimals(row, layout) });
        const wrong = [
          ...unreadableCells(row, layout),
          ...failedCells(row, layout),
          ...changedTexts(row, layout, DAYS),
        ];
        read.unreadable.push(...wrong);
        noteDays(days, DAYS, row, layout, wrong);
        read.odd.push(
          ...roundedFigures(row, layout),
          ...unseen(row, layout).map((code) => ({ row: row.number, column: 'rate_card', code, params: {} })),
        );
        read.shortened.push(...shortenedCells(row, layout));
      }
    }
    read.shortened.push(...days.doubtful());
  } finally {
    await sheet.close();
  }
  return read;
}

/** In one's turn, as every reading of a sheet. */
async function readInTurn(actor: Actor, upload: StoredUpload): Promise<SheetRead> {
  try {
    return await spreadsheets().inTurn(turnOf(actor), () => readCells(upload));
  } catch (error) {
    throw isSheetError(error) ? sheetRefusal(error) : error;
  }
}

export type RateCardSheetOutcome = {
  rows: number;
  valid: number;
  invalid: number;
  errors: RateCardProblem[];
  /** What is right and perhaps meant otherwise. */
  warnings: RateCardProblem[];
  differences: VersionDifference[];
};

/** Without a column for it, no price of the sheet has an end. */
const noEnd = ({ mapping, header: { row = 1 } }: StoredUpload): RateCardProblem[] =>
  mapping && 'valid_to' in mapping ? [] : [{ row, column: 'valid_to', code: 'no_end', params: {} }];

/** Of a sheet that is refused nothing is published: what its right rows would have changed is not said of it. */
const refused = (one: VersionDifference): VersionDifference =>
  one.outcome === 'unchanged'
    ? one
    : { ...one, outcome: 'refused', added: 0, changed: 0, same: 0, missing: 0, items: [] };

/**
 * Checks a received sheet of rate cards and publishes its versions, all or none; in a dry run it only checks. With a wrong cell
 * nothing is published: what is published never changes again. Throws `columns_missing…`, `columns_repeated`, `column_mistyped`,
 * `sheet_…`.
 */
export async function publishRateCardSheet({
  actor,
  id,
  dryRun,
}: {
  actor: Actor;
  id: string;
  dryRun: boolean;
}): Promise<RateCardSheetOutcome> {
  const upload = await findUpload(id);
  if (upload?.kind !== 'rate-cards') throw notFound('upload');
  const missing = upload.header.missing.map(({ name }) => name);
  if (missing.length > 0) throw columnsMissing(missing, upload.header);
  const unclear = unclearColumns(upload.header);
  if (unclear) throw new PortalError('invalid', unclear.code, { params: { file: upload.fileName, ...unclear.params } });
  const { rows, unreadable, shortened, odd } = await readInTurn(actor, upload);
  const { errors: found, warnings, differences, fitting } = await previewRateCards({ rows });
  const errors = sortProblems([...unreadable, ...found, ...shortened]);
  const invalid = new Set(errors.map(({ row }) => row)).size;
  const published = !dryRun && errors.length === 0;
  if (published) await publishRateCards({ actor, rows: fitting });
  const counts = { rows: rows.length, valid: rows.length - invalid, invalid };
  await inTransaction(async (tx) => {
    await countUpload(tx, id, counts, published ? 'committed' : errors.length > 0 ? 'refused' : 'checked');
    await recordAudit(tx, {
      actor,
      action: 'upload.checked',
      entity: 'upload',
      entityId: id,
      detail: { ...counts, published },
    });
  });
  return {
    ...counts,
    errors,
    warnings: [...noEnd(upload), ...odd, ...warnings],
    differences: errors.length > 0 ? differences.map(refused) : differences,
  };
}
