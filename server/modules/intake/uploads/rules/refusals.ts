import { type ErrorParams, PortalError } from '@/server/platform/errors';
import type { HeaderFacts } from '../schema';

/** The missing columns of a sheet, as the sentence that people read: in a workbook of several sheets it may stand in another one. */
export function columnsMissing(names: readonly string[], { sheet }: HeaderFacts): PortalError {
  const columns = names.join(', ');
  if (!sheet || sheet.others.length === 0)
    return new PortalError('invalid', 'columns_missing', { params: { columns } });
  const params = { columns, sheet: sheet.name, others: sheet.others.join(', ') };
  return new PortalError('invalid', 'columns_missing_in_sheet', { params });
}

type SheetFault = { code: string; place: string | null; found: string | null; limit: number | null };

/** What is wrong with a file, as the sentence that people read: `errors.sheet_<code>`. */
export function sheetRefusal({ code, place, found, limit }: SheetFault): PortalError {
  if (code === 'too_large' && found === 'memory') return new PortalError('invalid', 'sheet_too_much_memory');
  const inBytes = (code === 'too_large' || code === 'too_long' || code === 'too_much_text') && limit !== null;
  const row = /^row (\d+)$/.exec(place ?? '')?.[1];
  if (code === 'corrupt' && found === 'quotes')
    return new PortalError('invalid', 'sheet_open_quote', { params: { row: row ?? '' } });
  const params: ErrorParams = {
    place: row ? 'row' : (place ?? 'none'),
    row: row ?? '',
    found: found ?? 'none',
    limit: inBytes ? Math.floor(limit / 1024 / 1024) : (limit ?? 0),
  };
  return new PortalError(code === 'busy' ? 'limited' : 'invalid', `sheet_${code}`, { params });
}
