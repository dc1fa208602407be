import type { TextEncodingName } from '@/server/domain/encoding';
import type { ColumnMatch } from './columns';
import type { HeaderSearch } from './header';
import type { RowSpan, SheetFailure, SheetFormat, SheetLimits, SheetRow } from './port';

/**
 * Between `read-sheet.ts` and its child process, which gets the job and then a message for each batch that is wanted, and after the end
 * perhaps another job.
 */
export interface SheetJob {
  /** A path, the bytes, or how many bytes come by standard input. */
  source: string | Uint8Array | number;
  limits: SheetLimits;
  requireHeader: boolean;
  encoding: TextEncodingName | null;
  search: HeaderSearch;
}

export type SheetMessage =
  | {
      type: 'header';
      format: SheetFormat;
      sheetName: string | null;
      otherSheets: string[];
      hiddenColumns: number[];
      header: SheetRow;
      rowsAbove: RowSpan | null;
      match: ColumnMatch | null;
    }
  /** `rows` is the JSON of `SheetRow[]`: one string crosses faster than thousands of small objects. */
  | { type: 'batch'; rows: string }
  /** `small`: the process has stayed so small and so clean that another sheet may be read in it. */
  | { type: 'end'; small: boolean }
  | ({ type: 'failure' } & SheetFailure);
