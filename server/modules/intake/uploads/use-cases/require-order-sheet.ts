import { isSheetError, SheetError, type SheetSource, spreadsheets } from '@/server/integrations/spreadsheet/port';
import { PortalError } from '@/server/platform/errors';
import { columnsMissing, sheetRefusal } from '../rules/refusals';
import { MAX_UPLOAD_BYTES, missingColumns, wantedColumns } from '../schema';

/**
 * Refuses what is no sheet of orders that can be read to its end, before anything is kept of it or of what comes with it. Throws
 * `columns_missing`, `sheet_…` (invalid). `file` is its path, `bytes` its size.
 */
export async function requireOrderSheet({ file, bytes }: { file: string; bytes: number }): Promise<void> {
  let sheet: SheetSource | undefined;
  try {
    if (bytes > MAX_UPLOAD_BYTES) throw new SheetError('too_large', { limit: MAX_UPLOAD_BYTES });
    sheet = await spreadsheets().read(file, { wanted: wantedColumns('orders') });
    const missing = missingColumns(sheet.match?.mapping ?? {});
    if (missing.length > 0) throw columnsMissing(missing, { titles: [], unknown: [], missing: [], duplicate: [] });
    let rows = 0;
    for await (const batch of sheet.batches) rows += batch.length;
    if (rows === 0) throw new PortalError('invalid', 'sheet_no_rows');
  } catch (error) {
    throw isSheetError(error) ? sheetRefusal(error) : error;
  } finally {
    await sheet?.close();
  }
}
