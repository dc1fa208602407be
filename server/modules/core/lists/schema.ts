import { z } from 'zod';
import { CAPS } from '@/server/domain/caps';
import { line } from '@/server/domain/fields';
import { DENSITIES, EXPORT_FORMATS, LISTS, type ListName } from '@/server/domain/lists';
import type { StaffActor } from '@/server/platform/actor';
import type { Page } from '@/server/platform/paging';

export const listOfViews = z.object({ list: z.enum(LISTS) });

/** Never a name that objects have by themselves: an answer that holds one cannot be written, nor any that is sent together with it. */
const columnId = z.string().regex(/^(?!(?:constructor|prototype)$)[A-Za-z][A-Za-z0-9_-]{0,39}$/);
const MOST_COLUMNS = 60;
const few = (record: object) => Object.keys(record).length <= MOST_COLUMNS;

/** How the columns stand, and how close the rows; widths in px. */
export const viewLayout = z.object({
  order: z.array(columnId).max(MOST_COLUMNS).optional(),
  shown: z.record(columnId, z.boolean()).refine(few).optional(),
  density: z.enum(DENSITIES).optional(),
  widths: z.record(columnId, z.number().int().min(0).max(10_000)).refine(few).optional(),
});

export const saveViewInput = listOfViews.extend({
  name: line('title'),
  shared: z.boolean(),
  /** Filters and order as the address of the list has them, percent-encoded, without the sign that begins them. */
  query: z
    .string()
    .max(CAPS.listQuery)
    .regex(/^[!"$->@-~]*$/),
  layout: viewLayout,
});
export type SaveView = z.output<typeof saveViewInput>;
export const viewId = z.object({ id: z.uuid() });

/** `own` where the asker may change it. */
export type SavedView = {
  id: string;
  name: string;
  shared: boolean;
  own: boolean;
  ownerName: string;
  query: string;
  layout: z.output<typeof viewLayout>;
};

/** A view of any list, for who looks for one by its name. */
export type FoundView = Pick<SavedView, 'id' | 'name' | 'own' | 'ownerName' | 'query'> & { list: ListName };

/** One cell: text, a count, money in minor units, a moment, a day (YYYY-MM-DD), or nothing. */
export type ExportCell =
  | string
  | number
  | null
  | { minor: bigint | null; currency: string }
  | { at: Date | null }
  | { day: string | null };

/** A sentence of the list's own messages. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

export type ExportColumn<Row> = {
  /** As the column of the screen is named. */
  id: string;
  header: (t: Translate) => string;
  cell: (row: Row, t: Translate) => ExportCell;
};

export type ExportPage = { cursor: string | null; limit: number };

/** What a module gives of its list: how it is called, its columns, its rows. `fields` is what the address asked for. */
export type ListExport<Row> = {
  /** The messages of its words. */
  namespace: string;
  title: (t: Translate) => string;
  columns: readonly ExportColumn<Row>[];
  /** Throws a ZodError for fields that are none of the list's filters' values. */
  read: (asked: { actor: StaffActor; fields: ExportFields }) => (page: ExportPage) => Promise<Page<Row>>;
};

/** The filters, order and selection of an address. */
export type ExportFields = Readonly<Record<string, string | string[]>>;

const names = z
  .string()
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(z.string().min(1).max(64)).min(1).max(200));

/** What the address of an export says beside the filters of its list: `columns` and `only` are lists joined by commas. */
export const exportInput = z.object({
  list: z.enum(LISTS),
  format: z.enum(EXPORT_FORMATS),
  columns: names.optional(),
  only: names.optional(),
});
export type ExportInput = z.output<typeof exportInput>;
