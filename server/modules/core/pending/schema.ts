/** What can wait for a person, as the views `pending_<things>` name it. */
export const PENDING_KINDS = [
  'shifts-to-accept',
  'shifts-left-open',
  'own-shift-left-open',
  'approvals-to-decide',
  'uploads-to-commit',
  'uploads-failed',
  'statements-to-approve',
  'statements-to-publish',
  'statement-runs-failed',
  'runs-failed',
  'messages-failed',
] as const;
export type PendingKind = (typeof PENDING_KINDS)[number];

/** So many things of a kind wait since the moment `since` (UTC); `address` is where they are done. */
export type PendingWork = { kind: PendingKind; address: string; count: number; since: Date };
