import { verifyAudit } from '@/server/modules/audit/use-cases/verify-audit';
import type { Command } from './command';

export const auditCommands: Record<string, Command> = {
  'audit verify': { usage: 'audit verify', run: async () => verifyAudit() },
};
