import type { Changing } from '@/server/modules/core/changes/schema';

/** What screens show of each kind: the procedures that are asked again when something of it has changed. */
const PATHS: Record<Changing, readonly (readonly string[])[]> = {
  order: [
    ['orders'],
    ['givingBack'],
    ['patients', 'byId'],
    ['till', 'current'],
    ['till', 'day'],
    ['till', 'shift'],
    ['till', 'shifts'],
    ['payments', 'owed'],
    ['heldSales', 'list'],
  ],
  approval: [['approvals'], ['pending']],
  document: [
    ['orders', 'receipt'],
    ['orders', 'byId'],
    ['statements', 'byId'],
  ],
  patient: [
    ['patients', 'list'],
    ['patients', 'byId'],
  ],
  shift: [
    ['till', 'current'],
    ['till', 'day'],
    ['till', 'shift'],
    ['till', 'shifts'],
    ['till', 'tills'],
    ['heldSales', 'list'],
    ['pending'],
  ],
  upload: [['uploads', 'list'], ['uploads', 'byId'], ['orders', 'list'], ['orders', 'totals'], ['pending']],
  'rate-card-version': [['rateCards'], ['till', 'sellable'], ['till', 'quote']],
  service: [
    ['till', 'sellable'],
    ['till', 'quote'],
    ['rateCards', 'items'],
  ],
  customer: [
    ['till', 'payers'],
    ['till', 'sellable'],
    ['till', 'quote'],
  ],
  doctor: [['doctors'], ['till', 'referrers']],
  statement: [['statements'], ['doctors', 'byId'], ['pending']],
  'statement-run': [['statements'], ['pending']],
  'statement-period': [['statements'], ['pending']],
  'statement-link': [['statements', 'list'], ['gate']],
  'gate-session': [['gate', 'life']],
  'otp-challenge': [['gate', 'life']],
  message: [['messages', 'list'], ['operations', 'overview'], ['pending']],
  'background-run': [['operations'], ['pending']],
  function: [['operations']],
  'saved-view': [['savedViews']],
  'held-sale': [['heldSales', 'list']],
};

/** The procedures to be asked again, each once. */
export function changedPaths(kinds: readonly Changing[]): string[][] {
  const paths = new Map(
    kinds.flatMap((kind) => PATHS[kind].map((path): [string, string[]] => [path.join('.'), [...path]])),
  );
  return [...paths.values()];
}
