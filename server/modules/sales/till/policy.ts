import { can } from '@/server/authorization/permissions';
import type { StaffActor } from '@/server/platform/actor';

/**
 * Everybody closes their own shift. One whose cashier has left, was moved to another branch or sells no more is closed by the branch
 * manager of its branch: its till would be in use for ever, its cash uncounted.
 */
export const mayClose = (actor: StaffActor, shift: { cashierId: string; cashierAway: boolean }): boolean =>
  shift.cashierId === actor.id || (shift.cashierAway && can(actor.role, 'shift.accept'));
