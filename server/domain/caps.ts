/**
 * The one list of how long a text may be, in UTF-16 units as zod and HTML count them, so that PostgreSQL, which counts characters,
 * never refuses what an entry point accepted. The schemas of every entry point, the checks of sheets and the constraints of the database are made
 * from it; tests walk all three.
 */
export const CAPS = {
  /** Branches and tills: they stand in numbers that people read aloud. */
  shortCode: 20,
  code: 40,
  /** A rate card's code, a service's category. */
  title: 60,
  /** A reference of somebody else's system, a slip's number. */
  reference: 100,
  name: 200,
  personName: 120,
  address: 300,
  email: 200,
  phone: 60,
  taxCode: 30,
  note: 500,
  reason: 300,
  search: 100,
  cursor: 400,
  password: 200,
  /** What the address of a list says, percent-encoded. */
  listQuery: 1_000,
  /** A title of a sheet's column. */
  columnTitle: 200,
  /** Any cell of a sheet, the longest being a row of service codes. */
  cell: 2_000,
  fileName: 200,
  /** Names that programs give: functions, runs, error codes. */
  machineName: 100,
} as const;
export type Cap = keyof typeof CAPS;

/** Fewer letters than this are no name of a person: a key was pressed too soon. */
export const SHORTEST_NAME = 2;
