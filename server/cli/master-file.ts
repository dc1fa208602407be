import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { type CellProblem, faultOf, type Placed, problemsOf, sortProblems } from '@/server/domain/problems';
import { isSheetError, type SheetRow, spreadsheets } from '@/server/integrations/spreadsheet/port';
import { PortalError, RowsRefused } from '@/server/platform/errors';

/**
 * Reads a file of master data whole and checks every cell of every row. Throws `bad_file`, or `bad_rows` with every wrong cell,
 * before anything is written. Null where the folder has no such file.
 */
export async function readMasterFile<S extends z.ZodObject>(
  folder: string,
  name: string,
  row: S,
): Promise<Placed<z.infer<S>>[] | null> {
  const bytes = await readFile(path.join(folder, name)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new PortalError('invalid', 'bad_file', { params: { file: name, reason: error.code ?? '' }, cause: error });
  });
  if (!bytes) return null;
  try {
    return await readRows(bytes, name, row);
  } catch (error) {
    if (!isSheetError(error)) throw error;
    throw new PortalError('invalid', 'bad_file', { params: { file: name, reason: error.code }, cause: error });
  }
}

async function readRows<S extends z.ZodObject>(bytes: Buffer, file: string, row: S): Promise<Placed<z.infer<S>>[]> {
  const wanted = Object.keys(row.shape).map((name) => ({ name, required: false }));
  const sheet = await spreadsheets().read(bytes, { wanted });
  try {
    const columns = Object.entries(sheet.match?.mapping ?? {});
    const placed: Placed<z.infer<S>>[] = [];
    const problems: CellProblem[] = [];
    const check = ({ number, cells, faults = [] }: SheetRow) => {
      const given = columns.map(([name, place]) => [name, cells[place] ?? undefined]);
      const parsed = row.safeParse(Object.fromEntries(given));
      const unusable = columns.flatMap(([name, place]) =>
        faults.filter(({ column }) => column === place).map(({ code }) => faultOf(number, name, code)),
      );
      problems.push(...unusable);
      if (!parsed.success) problems.push(...problemsOf(number, parsed.error));
      else if (unusable.length === 0) placed.push({ row: number, value: parsed.data });
    };
    for await (const batch of sheet.batches) batch.forEach(check);
    if (problems.length > 0) throw new RowsRefused(sortProblems(problems), file);
    return placed;
  } finally {
    await sheet.close();
  }
}
