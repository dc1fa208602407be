import { can } from '@/server/authorization/permissions';
import type { Role } from '@/server/domain/role';

/** What a role may do with statements, for the screens to show by; the server checks each act again. */
export const statementRights = (role: Role) => ({
  mayRun: can(role, 'statement.run'),
  mayApprove: can(role, 'statement.approve'),
  mayPublish: can(role, 'statement.publish'),
});
