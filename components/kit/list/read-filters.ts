import type { FieldReader, FieldReaders } from '@/server/domain/list-fields';

/** Rows of a page: three screens full, so that who reads on seldom waits. */
export const PAGE_ROWS = 100;

export type AddressParams = Record<string, string | string[] | undefined>;

type Read<Readers extends FieldReaders> = {
  [Field in keyof Readers]?: Readers[Field] extends FieldReader<infer Value> ? Value : never;
};

/** What the address calls a field where it has another name for it. */
type Params<Readers extends FieldReaders> = Partial<Record<keyof Readers & string, string>>;

/** The filters of an address as a procedure takes them. What does not fit is left out, so that a mangled link still opens. */
export function readFilters<Readers extends FieldReaders>(
  readers: Readers,
  named: Params<Readers>,
  params: AddressParams,
): Read<Readers> {
  const read = Object.entries(readers).flatMap(([field, reader]) => {
    const asked = params[named[field] ?? field];
    const value = typeof asked === 'string' ? reader(asked.trim()) : undefined;
    return value === undefined ? [] : [[field, value]];
  });
  return Object.fromEntries(read);
}

/** Most lists search by `q`. */
export const BY_Q = { search: 'q' } as const;
