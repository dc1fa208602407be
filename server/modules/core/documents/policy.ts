import { branchScope, can } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';
import type { DocumentKind } from './schema';

/** What decides who may read a document. */
export type DocumentFacts = {
  kind: DocumentKind;
  ownerId: string;
  /** The branch of a receipt's order. */
  branchId: string | null;
  /** Branches where something was paid for that order, too. */
  paidAt?: readonly string[];
};

/** Staff read receipts of the branches they see, and those of what was paid there; a doctor's statement takes the right to read statements as well. */
export function staffMayRead(actor: StaffActor, { kind, branchId, paidAt = [] }: DocumentFacts): boolean {
  if (!can(actor.role, 'document.read')) return false;
  if (kind === 'statement') return can(actor.role, 'statement.read');
  const scope = branchScope(actor);
  return scope === null || scope === branchId || paidAt.includes(scope);
}

/** Access to one owner's document covers that owner's documents only. */
export const ownerMayRead = ({ kind, ownerId }: DocumentFacts, owner: { kind: DocumentKind; id: string }): boolean =>
  kind === owner.kind && ownerId === owner.id;
