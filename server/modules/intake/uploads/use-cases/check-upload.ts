import { DayOrder, noteDays } from '@/server/domain/day-order';
import { textEncoding } from '@/server/domain/encoding';
import { numberCell } from '@/server/domain/sheet-row';
import { isSheetError, type SheetSource, spreadsheets } from '@/server/integrations/spreadsheet/port';
import { storage } from '@/server/integrations/storage/port';
import type { Actor } from '@/server/platform/actor';
import { inTransaction } from '@/server/platform/db';
import { asPortalError, notFound, PortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { loadKnown } from '../queries';
import {
  findUpload,
  lockUpload,
  moveUpload,
  openStaging,
  reportRowsRead,
  type Staging,
  type StoredUpload,
} from '../repository';
import { checkRow, inSheet, mayBeChecked, turnOf } from '../rules';
import { columnsMissing, sheetRefusal } from '../rules/refusals';
import { missingColumns, ORDER_DAYS, ORDER_FIGURES, type OrderColumn } from '../schema';
import { concludeCheck } from './conclude-check';

const REPORT_EVERY = 5_000;

const openSheet = async ({ storageKey, header }: StoredUpload): Promise<SheetSource> =>
  spreadsheets().read(await storage().open(storageKey), {
    headerRow: header.row,
    encoding: textEncoding(header.encoding) ?? undefined,
  });

/** Reads the sheet into the staging tables, each row with what is wrong in it. */
async function stage(upload: StoredUpload, staging: Staging, zone: string): Promise<void> {
  const known = await loadKnown(zone);
  const mapping = upload.mapping ?? {};
  const seen = new Set<string>();
  const isRepeated = (reference: string) => seen.size === seen.add(reference).size;
  const sheet = await openSheet(upload);
  const days = new DayOrder(sheet.format === 'csv');
  const layout = { isText: sheet.format === 'csv', titles: sheet.header.cells, places: mapping, ...ORDER_FIGURES };
  try {
    let read = 0;
    for await (const rows of sheet.batches) {
      for (const row of rows) {
        const { number, cells, faults } = row;
        const placeOf = (column: OrderColumn) => mapping[column] ?? -1;
        const faultOf = (column: OrderColumn) => faults?.find((one) => one.column === placeOf(column))?.code ?? null;
        const textOf = (column: OrderColumn) =>
          (column === 'discount_percent' ? numberCell(row, placeOf(column)) : cells[placeOf(column)]) ?? '';
        const { checked, warning } = inSheet(checkRow(textOf, known, isRepeated, faultOf), row, layout);
        staging.add(number, cells, checked, warning);
        noteDays(days, ORDER_DAYS, row, layout, checked.problems);
      }
      await staging.flush();
      read += rows.length;
      if (read % REPORT_EVERY < rows.length) await reportRowsRead(upload.id, read);
    }
    for (const problem of days.doubtful()) staging.refuse(problem);
  } finally {
    await sheet.close();
  }
}

async function begin(id: string): Promise<StoredUpload> {
  return inTransaction(async (tx) => {
    const upload = await lockUpload(tx, id);
    if (upload?.kind !== 'orders') throw notFound('upload');
    if (!mayBeChecked(upload)) throw new PortalError('conflict', 'upload_moved_on');
    const missing = missingColumns(upload.mapping ?? {});
    if (missing.length > 0) throw columnsMissing(missing, upload.header);
    await moveUpload(tx, id, 'checking');
    return upload;
  });
}

const TRIES = 4;
const FIRST_PAUSE_MS = 1_000;

/** A broken connection is not the sheet's fault. Its lock may outlive it for a moment. */
const mayPass = (error: unknown, tries: number): boolean => {
  const { kind, code } = asPortalError(error);
  return kind === 'unavailable' || (code === 'check_running' && tries > 1);
};

/** One try, in its turn: it waits before it takes anything of the database. */
async function checkInTurn(actor: Actor, id: string): Promise<void> {
  try {
    await spreadsheets().inTurn(turnOf(actor), () => checkOnce(actor, id));
  } catch (error) {
    throw isSheetError(error) ? sheetRefusal(error) : error;
  }
}

/**
 * The dry run of an orders sheet: every row read, checked, matched and priced, nothing sold. The same staged rows and the same
 * functions of the database are what a commit writes. A check that loses its database or its file restarts by itself: here,
 * or where that takes longer by the sweep; it then stays `checking`. Throws `columns_missing…`, `upload_moved_on`,
 * `check_running`, `sheet_…`, `database_unavailable`, `storage_unavailable`.
 */
export async function checkUpload({ actor, id }: { actor: Actor; id: string }): Promise<StoredUpload> {
  for (let tries = 1; ; tries += 1) {
    try {
      await checkInTurn(actor, id);
      break;
    } catch (error) {
      if (tries === TRIES || !mayPass(error, tries)) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** (tries - 1)));
    }
  }
  const checked = await findUpload(id);
  if (!checked) throw notFound('upload');
  return checked;
}

async function checkOnce(actor: Actor, id: string): Promise<void> {
  const { timeZone } = await organisation();
  const staging = await openStaging(id, timeZone);
  if (!staging) throw new PortalError('conflict', 'check_running');
  let staged: StoredUpload | null = null;
  try {
    staged = await begin(id);
    await stage(staged, staging, timeZone);
    await staging.commit();
  } catch (error) {
    staging.abandon();
    const refusal = isSheetError(error) ? sheetRefusal(error) : asPortalError(error);
    if (staged && refusal.kind !== 'unavailable') {
      const { code, params } = refusal;
      await inTransaction((tx) => moveUpload(tx, id, 'failed', { code, params }));
    }
    throw refusal;
  }
  await concludeCheck({ actor, staged });
}
