import { can } from '@/server/authorization/permissions';
import type { Role } from '@/server/domain/role';
import type { StaffActor } from '@/server/platform/actor';

/** Managers decide about what is asked at their own branch's counter, and never about what they ask themselves. */
export const isDeciderOf = (actor: { role: Role; branchId: string | null }, branchId: string): boolean =>
  can(actor.role, 'approval.decide') && actor.branchId === branchId;

export const askedIt = (actor: StaffActor, approval: { askedBy: string }): boolean => approval.askedBy === actor.id;
