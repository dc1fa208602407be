import { can, LIST_PERMISSIONS } from '@/server/authorization/permissions';
import { LISTS, type ListName } from '@/server/domain/lists';
import type { StaffActor } from '@/server/platform/actor';
import { PortalError } from '@/server/platform/errors';

/** The lists that a person may open. */
export const openLists = (actor: StaffActor): ListName[] =>
  LISTS.filter((list) => can(actor.role, LIST_PERMISSIONS[list]));

/** Views and files of a list are for who may open it. Throws `not_permitted` (forbidden). */
export function mustOpenList(actor: StaffActor, list: ListName): void {
  const permission = LIST_PERMISSIONS[list];
  if (!can(actor.role, permission)) throw new PortalError('forbidden', 'not_permitted', { params: { permission } });
}
