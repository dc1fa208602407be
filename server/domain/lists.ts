/** The lists that people work in: each has saved views and an export of its own. */
export const LISTS = [
  'orders',
  'patients',
  'doctors',
  'rate-cards',
  'uploads',
  'shifts',
  'statements',
  'runs',
  'messages',
  'audit',
] as const;
export type ListName = (typeof LISTS)[number];

/** What each list can be sorted by; names by their letters without accents. */
export const LIST_SORTS = {
  orders: ['orderedAt', 'number', 'net'],
  patients: ['createdAt', 'name', 'code'],
  doctors: ['code', 'name'],
  'rate-cards': ['code'],
  uploads: ['createdAt', 'fileName', 'rows', 'netTotal'],
  shifts: ['openedAt', 'till'],
  audit: ['at'],
  statements: ['code', 'doctor', 'orders', 'base', 'payable'],
} as const satisfies Partial<Record<ListName, readonly string[]>>;

export const EXPORT_FORMATS = ['csv', 'xlsx', 'html'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How close the rows of a list stand: at the till, in the office, for who reads now and then. */
export const DENSITIES = ['compact', 'regular', 'relaxed'] as const;
export type Density = (typeof DENSITIES)[number];
