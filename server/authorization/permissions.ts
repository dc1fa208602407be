import type { ListName } from '@/server/domain/lists';
import type { Role } from '@/server/domain/role';

/** Who may do what. The server checks it, the screens show by it, and the authorization matrix is generated from it. */
const GRANTS = {
  'pos.sell': ['cashier', 'branch-manager'],
  'shift.open': ['cashier', 'branch-manager'],
  'shift.accept': ['branch-manager'],
  'order.read': ['cashier', 'branch-manager', 'upload-operator', 'finance', 'clinician', 'administrator', 'auditor'],
  'order.refund': ['cashier', 'branch-manager'],
  'approval.decide': ['branch-manager'],
  'worklist.read': ['clinician', 'branch-manager'],
  'patient.read': ['cashier', 'branch-manager', 'upload-operator', 'clinician', 'administrator', 'auditor'],
  'patient.register': ['cashier', 'branch-manager'],
  'rate-card.read': ['cashier', 'branch-manager', 'upload-operator', 'finance', 'administrator', 'auditor'],
  'upload.read': ['upload-operator', 'branch-manager', 'administrator', 'auditor'],
  'upload.write': ['upload-operator'],
  'doctor.read': ['cashier', 'branch-manager', 'upload-operator', 'finance', 'clinician', 'administrator', 'auditor'],
  'statement.read': ['finance', 'administrator', 'auditor'],
  'statement.run': ['finance'],
  'statement.approve': ['finance'],
  'statement.publish': ['finance'],
  'gate.unlock': ['finance', 'administrator'],
  'document.read': ['cashier', 'branch-manager', 'finance', 'administrator', 'auditor'],
  'message.read': ['administrator'],
  'operations.read': ['administrator', 'auditor'],
  'operations.act': ['administrator'],
  'audit.read': ['administrator', 'auditor'],
  'session.own': ['cashier', 'branch-manager', 'upload-operator', 'finance', 'clinician', 'administrator', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof GRANTS;

export const PERMISSIONS = Object.keys(GRANTS) as Permission[];

export const can = (role: Role, permission: Permission): boolean =>
  (GRANTS[permission] as readonly Role[]).includes(role);

export const rolesWith = (permission: Permission): readonly Role[] => GRANTS[permission];

/** Places of the rail and the permission that opens each. */
export const PLACES = {
  '/pos': 'pos.sell',
  '/pos/shifts': 'shift.open',
  '/today': 'worklist.read',
  '/orders': 'order.read',
  '/patients': 'patient.read',
  '/uploads': 'upload.read',
  '/rate-cards': 'rate-card.read',
  '/statements': 'statement.read',
  '/doctors': 'doctor.read',
  '/operations': 'operations.read',
  '/audit': 'audit.read',
} as const satisfies Record<string, Permission>;

export type Place = keyof typeof PLACES;

/** Who may open which list: its views and its files as well. */
export const LIST_PERMISSIONS = {
  orders: 'order.read',
  patients: 'patient.read',
  doctors: 'doctor.read',
  'rate-cards': 'rate-card.read',
  uploads: 'upload.read',
  shifts: 'shift.open',
  statements: 'statement.read',
  runs: 'operations.read',
  messages: 'message.read',
  audit: 'audit.read',
} as const satisfies Record<ListName, Permission>;

export const placesOf = (role: Role): Place[] =>
  (Object.keys(PLACES) as Place[]).filter((place) => can(role, PLACES[place]));

/** What is begun from anywhere, and the permission for each. */
const BEGINNINGS = {
  sell: 'pos.sell',
  register: 'patient.register',
  upload: 'upload.write',
  shift: 'shift.open',
} as const satisfies Record<string, Permission>;

export const beginningsOf = (role: Role): string[] =>
  Object.entries(BEGINNINGS).flatMap(([name, permission]) => (can(role, permission) ? [name] : []));

/** Where each role begins its day. */
export const HOMES: Record<Role, Place> = {
  cashier: '/pos',
  'branch-manager': '/orders',
  'upload-operator': '/uploads',
  finance: '/statements',
  clinician: '/today',
  administrator: '/operations',
  auditor: '/audit',
};

/** Roles that see every branch; the others see their own. */
const EVERY_BRANCH: readonly Role[] = ['upload-operator', 'finance', 'administrator', 'auditor'];

/** The branch a role is bound to, or null where it sees all. A bound role without a branch sees none. */
export function branchScope(actor: { role: Role; branchId: string | null }): string | null {
  if (EVERY_BRANCH.includes(actor.role)) return null;
  return actor.branchId ?? '00000000-0000-0000-0000-000000000000';
}
