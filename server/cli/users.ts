import { userRow } from '@/server/modules/core/identity/schema';
import { addUser } from '@/server/modules/core/identity/use-cases/add-user';
import { endUserSessions } from '@/server/modules/core/identity/use-cases/end-user-sessions';
import { listUsers } from '@/server/modules/core/identity/use-cases/list-users';
import { resetPassword } from '@/server/modules/core/identity/use-cases/reset-password';
import { setUserActive } from '@/server/modules/core/identity/use-cases/set-user-active';
import { setUserRole } from '@/server/modules/core/identity/use-cases/set-user-role';
import { type Arguments, type Command, WrongUsage } from './command';

/** The row that the words of a command describe. Throws `WrongUsage` with what is wrong with it. */
function rowOf({ positional, flags }: Arguments) {
  const [email] = positional;
  const given = { email, name: flags.name ?? email?.split('@')[0], role: flags.role };
  const parsed = userRow.safeParse(flags.branch ? { ...given, branch: flags.branch } : given);
  if (parsed.success) return parsed.data;
  throw new WrongUsage(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}

function emailOf({ positional }: Arguments): string {
  const [email] = positional;
  if (!email || positional.length > 1) throw new WrongUsage('one e-mail is needed');
  return email;
}

const activeCommand = (word: 'activate' | 'deactivate'): Command => ({
  usage: `users ${word} <email>`,
  run: async (args, actor) => {
    const [email, active] = [emailOf(args), word === 'activate'];
    await setUserActive({ actor, email, active });
    return { email, active };
  },
});

export const userCommands: Record<string, Command> = {
  'users add': {
    usage: 'users add <email> --role ROLE [--branch CODE] [--name NAME]',
    run: async (args, actor) => {
      const row = rowOf(args);
      const { id, oneTimePassword } = await addUser({ actor, row });
      return { id, email: row.email, role: row.role, oneTimePassword };
    },
  },
  'users list': {
    usage: 'users list',
    run: async () =>
      (await listUsers()).map(({ id, email, name, role, branchCode, active, mustChangePassword }) => {
        return { id, email, name, role, branch: branchCode, active, mustChangePassword };
      }),
  },
  'users set-role': {
    usage: 'users set-role <email> --role ROLE [--branch CODE]',
    run: async (args, actor) => {
      const { email, role, branch } = rowOf(args);
      await setUserRole({ actor, email, role, branch: branch ?? null });
      return { email, role, branch: branch ?? null };
    },
  },
  'users reset-password': {
    usage: 'users reset-password <email>',
    run: async (args, actor) => {
      const email = emailOf(args);
      return { email, ...(await resetPassword({ actor, email })) };
    },
  },
  'users end-sessions': {
    usage: 'users end-sessions <email>',
    run: async (args, actor) => {
      const email = emailOf(args);
      await endUserSessions({ actor, email });
      return { email };
    },
  },
  'users deactivate': activeCommand('deactivate'),
  'users activate': activeCommand('activate'),
};
