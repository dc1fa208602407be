import { acceptAudit } from '@/server/modules/core/audit/use-cases/accept-audit';
import { verifyAudit } from '@/server/modules/core/audit/use-cases/verify-audit';
import { type Command, WrongUsage } from './command';

export const auditCommands: Record<string, Command> = {
  'audit verify': { usage: 'audit verify', run: async () => verifyAudit() },
  'audit accept': {
    usage: 'audit accept --reason <why the trail is not what its anchor knows>',
    run: async ({ flags }, actor) => {
      if (typeof flags.reason !== 'string' || flags.reason.trim() === '')
        throw new WrongUsage('--reason takes a sentence');
      return acceptAudit({ actor, reason: flags.reason.trim() });
    },
  },
};
