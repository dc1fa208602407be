/** What must be so at every moment, or a little after it: each is looked for by what breaks it. */
export const INVARIANTS = [
  'messages-abandoned',
  'messages-waiting',
  'codes-abandoned',
  'checks-abandoned',
  'uploads-abandoned',
  'months-abandoned',
  'events-waiting',
  'events-refused',
  'runs-silent',
  'effects-missing',
  'orders-unprepared',
  'orders-unbooked',
  'notices-missing',
  'sums-differ',
  'lines-twice',
  'payments-differ',
  'drawer-unbalanced',
  'books-unbalanced',
  'numbers-twice',
  'rows-differ',
  'statements-twice',
  'files-missing',
  'files-differ',
  'audit-unsealed',
] as const;
export type Invariant = (typeof INVARIANTS)[number];

/** What breaks an invariant: the ids of the first rows, and since when. `more` where not all were counted. */
export type Finding = { invariant: Invariant; count: number; more: boolean; since: Date | null; examples: string[] };

export type Diagnosis = {
  ok: boolean;
  at: Date;
  /** How far back what has ended was looked at; null is all of it. What is open is looked at however old it is. */
  hours: number | null;
  findings: Finding[];
  /** Could not be looked for in the time given. */
  unchecked: Invariant[];
};
