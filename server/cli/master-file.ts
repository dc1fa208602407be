import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { SheetError, spreadsheets } from '@/server/integrations/spreadsheet/port';
import { PortalError } from '@/server/platform/errors';

/**
 * Reads a file of master data whole and checks every row. Throws `bad_file` or `bad_row` (with row and column as the sheet
 * shows them) before anything is written. Null where the folder has no such file.
 */
export async function readMasterFile<S extends z.ZodObject>(
  folder: string,
  name: string,
  row: S,
): Promise<z.infer<S>[] | null> {
  const bytes = await readFile(path.join(folder, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new PortalError('invalid', 'bad_file', { params: { file: name, reason: error.code ?? '' }, cause: error });
  });
  if (!bytes) return null;
  try {
    return await readRows(bytes, name, row);
  } catch (error) {
    if (!(error instanceof SheetError)) throw error;
    throw new PortalError('invalid', 'bad_file', { params: { file: name, reason: error.code }, cause: error });
  }
}

async function readRows<S extends z.ZodObject>(bytes: Buffer, file: string, row: S): Promise<z.infer<S>[]> {
  const wanted = Object.keys(row.shape).map((name) => ({ name, required: false }));
  const sheet = await spreadsheets().read(bytes, { wanted });
  try {
    const mapping = sheet.match?.mapping ?? {};
    const rows: z.infer<S>[] = [];
    for await (const batch of sheet.batches) {
      for (const { number, cells, faults } of batch) {
        const [fault] = Object.entries(mapping).filter(([, place]) => faults?.some(({ column }) => column === place));
        if (fault) throw new PortalError('invalid', 'bad_row', { params: { file, row: number, column: fault[0] } });
        const given = Object.fromEntries(
          Object.entries(mapping).map(([name, place]) => [name, cells[place] ?? undefined]),
        );
        const parsed = row.safeParse(given);
        if (!parsed.success) throw badRow(file, number, parsed.error);
        rows.push(parsed.data);
      }
    }
    return rows;
  } finally {
    await sheet.close();
  }
}

function badRow(file: string, row: number, error: z.ZodError): PortalError {
  const column = String(error.issues[0]?.path[0] ?? '');
  return new PortalError('invalid', 'bad_row', { params: { file, row, column } });
}
