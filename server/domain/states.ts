/** The closed lists of words that rows of the business carry, for schemas and screens alike. */

/** `unpaid` as a filter is all of which something is owed, `part-paid` that of which some came in. */
export const ORDER_STATES = ['paid', 'account', 'unpaid', 'part-paid', 'voided'] as const;

export const ORDER_SOURCES = ['pos', 'upload', 'api'] as const;

export const SHIFT_STATES = ['open', 'closed', 'accepted'] as const;

export const STATEMENT_STATES = ['draft', 'reviewed', 'approved', 'published', 'paid', 'superseded'] as const;

export const UPLOAD_STATES = [
  'received',
  'checking',
  'checked',
  'committing',
  'committed',
  'refused',
  'failed',
] as const;

export const RUN_STATES = ['running', 'retrying', 'paused', 'completed', 'failed', 'cancelled'] as const;

export const OPEN_STATES = ['running', 'retrying', 'paused'] as const satisfies readonly (typeof RUN_STATES)[number][];

/** From the most specific to the least: the order in which a price is looked for. */
export const RATE_CARD_SCOPES = ['customer', 'tier', 'branch', 'all'] as const;

/** What became of a service's price since the version before. */
export const PRICE_CHANGES = ['raised', 'lowered', 'added', 'dropped'] as const;
