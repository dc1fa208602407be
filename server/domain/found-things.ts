/** Kinds of things that the palette finds, in its order. */
export const FOUND_KINDS = ['patients', 'orders', 'doctors', 'statements', 'uploads', 'rate-cards'] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

/** What can be done with a thing that was found; each leads somewhere, and what is dangerous to its dialog. */
export const FOUND_ACTS = [
  'open',
  'sell',
  'orders',
  'balance',
  'receipt',
  'patient',
  'statement',
  'pdf',
  'sendLink',
  'revokeLink',
] as const;
export type FoundActName = (typeof FOUND_ACTS)[number];
