import { requireInstance } from '@/server/modules/core/operations/use-cases/require-instance';
import { month as monthShape } from '@/server/modules/referral/statements/schema';
import { approveStatements } from '@/server/modules/referral/statements/use-cases/approve-statements';
import { followRun } from '@/server/modules/referral/statements/use-cases/follow-run';
import { listPublished } from '@/server/modules/referral/statements/use-cases/list-published';
import { publishStatements } from '@/server/modules/referral/statements/use-cases/publish-statements';
import { requestStatementRun } from '@/server/modules/referral/statements/use-cases/request-statement-run';
import { showStatements } from '@/server/modules/referral/statements/use-cases/show-statements';
import { summariseMonth } from '@/server/modules/referral/statements/use-cases/summarise-month';
import { type Command, WrongUsage } from './command';

function monthOf(positional: string[]): string {
  const [given] = positional;
  const parsed = monthShape.safeParse(given);
  if (!parsed.success || positional.length > 1) throw new WrongUsage('the month is written YYYY-MM, such as 2026-10');
  return parsed.data;
}

export const statementsCommands: Record<string, Command> = {
  'statements run': {
    usage: 'statements run <YYYY-MM>',
    run: async ({ positional }, actor) => {
      const month = monthOf(positional);
      await requireInstance();
      const { runId } = await requestStatementRun({ actor, month });
      await followRun({ runId });
      return summariseMonth({ month });
    },
  },
  'statements show': {
    usage: 'statements show <YYYY-MM> [--doctor CODE]',
    run: async ({ positional, flags }, actor) => {
      const month = monthOf(positional);
      if (flags.doctor === true) throw new WrongUsage('--doctor takes the code of a doctor');
      return showStatements({ actor, month, doctor: flags.doctor ?? null });
    },
  },
  'statements approve': {
    usage: 'statements approve <YYYY-MM> [--before-end]',
    run: async ({ positional, flags }, actor) => {
      const month = monthOf(positional);
      const { approved, sealed } = await approveStatements({ actor, month, beforeEnd: flags['before-end'] === true });
      return { ...(await summariseMonth({ month })), approved, sealed };
    },
  },
  'statements publish': {
    usage: 'statements publish <YYYY-MM>',
    run: async ({ positional }, actor) => {
      const month = monthOf(positional);
      await requireInstance();
      await publishStatements({ actor, month });
      return listPublished({ actor, month, waitForDocuments: true });
    },
  },
};
