import { plainLine } from '@/server/domain/text';
import { closeDb } from '@/server/platform/db';
import { asPortalError } from '@/server/platform/errors';
import { composePorts } from '../composition';
import { systemActor } from '../platform/actor';
import { writeWitness } from '../platform/audit-witness';
import { env, WrongSettings } from '../platform/env';
import { logger } from '../platform/logger';
import { auditCommands } from './audit';
import { type Arguments, type Command, WrongUsage } from './command';
import { doctorCommands } from './doctor';
import { loadCommands } from './load';
import { messagesCommands } from './messages';
import { asJson } from './print';
import { printedError } from './sentence';
import { statementsCommands } from './statements';
import { uploadCommands } from './upload';
import { userCommands } from './users';

const commands: Record<string, Command> = {
  ...loadCommands,
  ...uploadCommands,
  ...messagesCommands,
  ...statementsCommands,
  ...userCommands,
  ...auditCommands,
  ...doctorCommands,
};

/** Splits the words behind `portal` into a command's name, its positional words and its flags. */
function readArguments(words: string[]): { name: string; args: Arguments } {
  const positional: string[] = [];
  const flags: Record<string, string | true> = {};
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) {
      positional.push(word);
      continue;
    }
    const [key = '', value] = word.slice(2).split('=', 2);
    const following = words[at + 1];
    const takesNext = value === undefined && following !== undefined && !following.startsWith('--') && VALUED.has(key);
    const given = value ?? (takesNext ? following : true);
    flags[key] = given === true ? given : plainLine(given);
    if (takesNext) at += 1;
  }
  const two = positional.slice(0, 2).join(' ');
  const name = two in commands ? two : (positional[0] ?? '');
  return { name, args: { positional: positional.slice(name.split(' ').length), flags } };
}

const VALUED = new Set(['to', 'role', 'branch', 'doctor', 'lang', 'name', 'reason', 'hours']);

const print = (value: unknown) => process.stdout.write(`${asJson(value)}\n`);

// Whoever reads may stop at any line, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

async function main(): Promise<number> {
  const { name, args } = readArguments(process.argv.slice(2));
  const command = commands[name];
  try {
    if (!command)
      throw new WrongUsage(
        `commands:\n${Object.values(commands)
          .map(({ usage }) => `  portal ${usage}`)
          .join('\n')}`,
      );
    env();
    composePorts();
    const answer = await command.run(args, systemActor('portal'));
    print(answer);
    return command.hasFailed?.(answer) ? 1 : 0;
  } catch (error) {
    if (error instanceof WrongUsage) {
      process.stderr.write(`${command ? `usage: portal ${command.usage}\n${error.message}` : error.message}\n`);
      return 2;
    }
    if (error instanceof WrongSettings) {
      print({ error: { code: 'wrong_settings', message: error.message } });
      return 1;
    }
    const known = asPortalError(error);
    if (known.kind === 'internal') logger('portal').error({ err: known.cause ?? known }, 'command failed');
    print({ error: await printedError(known) });
    return 1;
  }
}

const status = await main();
await writeWitness();
await closeDb();
process.exit(status);
