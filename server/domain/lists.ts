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
] as const;
export type ListName = (typeof LISTS)[number];

export const EXPORT_FORMATS = ['csv', 'xlsx', 'html'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
