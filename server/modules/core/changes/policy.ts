import { can, type Permission } from '@/server/authorization/permissions';
import type { Role } from '@/server/domain/role';
import type { Changing } from './schema';

/** The kinds are those of what a role may open; that a doctor asks for a code, or that a month is approved, is nothing for a till. */
const PERMISSIONS = {
  order: 'order.read',
  approval: 'order.refund',
  document: 'order.read',
  patient: 'patient.read',
  shift: 'shift.open',
  // Orders come of it.
  upload: 'order.read',
  'rate-card-version': 'rate-card.read',
  service: 'rate-card.read',
  customer: 'rate-card.read',
  doctor: 'doctor.read',
  statement: 'statement.read',
  'statement-run': 'statement.read',
  'statement-period': 'statement.read',
  'statement-link': 'statement.read',
  'gate-session': 'statement.read',
  'otp-challenge': 'statement.read',
  message: 'operations.read',
  'background-run': 'operations.read',
  function: 'operations.read',
  'saved-view': 'session.own',
  'held-sale': 'pos.sell',
} as const satisfies Record<Changing, Permission>;

/** Whether somebody of a role is to know that something of a kind has changed. */
export const mayKnowOf = (role: Role, kind: Changing): boolean => can(role, PERMISSIONS[kind]);
