import { userRow } from '@/server/modules/identity/schema';
import { addUser } from '@/server/modules/identity/use-cases/add-user';
import { type Command, WrongUsage } from './command';

export const userCommands: Record<string, Command> = {
  'users add': {
    usage: 'users add <email> --role ROLE [--branch CODE] [--name NAME]',
    run: async ({ positional, flags }, actor) => {
      const [email] = positional;
      const parsed = userRow.safeParse({
        email,
        name: flags.name ?? email?.split('@')[0],
        role: flags.role,
        ...(flags.branch ? { branch: flags.branch } : {}),
      });
      if (!parsed.success)
        throw new WrongUsage(
          parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
        );
      const { id, oneTimePassword } = await addUser({ actor, row: parsed.data });
      return { id, email: parsed.data.email, role: parsed.data.role, oneTimePassword };
    },
  },
};
