import { can, type Permission } from '@/server/authorization/permissions';
import type { Role } from '@/server/domain/role';
import { PENDING_KINDS, type PendingKind } from './schema';

/** Work waits for those who are permitted to do it; nobody else is shown it. */
const PERMISSIONS = {
  'shifts-to-accept': 'shift.accept',
  'shifts-left-open': 'shift.accept',
  'own-shift-left-open': 'shift.open',
  'approvals-to-decide': 'approval.decide',
  'uploads-to-commit': 'upload.write',
  'uploads-failed': 'upload.write',
  'statements-to-approve': 'statement.approve',
  'statements-to-publish': 'statement.publish',
  'statement-runs-failed': 'statement.run',
  'runs-failed': 'operations.act',
  'messages-failed': 'message.read',
} as const satisfies Record<PendingKind, Permission>;

/** What can wait for a role. */
export const kindsFor = (role: Role): PendingKind[] => PENDING_KINDS.filter((kind) => can(role, PERMISSIONS[kind]));
