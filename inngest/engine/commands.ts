import { parseArgs } from 'node:util';
import { SettingError } from './options';
import { releaseEvents } from './queue/inbox';
import { openDatabase } from './store/database';
import { notify } from './store/notifier';

type Environment = Record<string, string | undefined>;
/** Does its work beside running engines, and answers what there is to say of it. */
type Command = (env: Environment) => Promise<object>;

const FLAGS = { 'database-url': { type: 'string' }, name: { type: 'string', multiple: true } } as const;

function read(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS }).values;
  } catch (error) {
    throw new SettingError(error instanceof Error ? error.message : String(error));
  }
}

/** `events release [--name <event name>]…`: routes events again that were quarantined. */
function release(args: string[]): Command {
  const { 'database-url': given, name = [] } = read(args);
  return async (env) => {
    const url = given ?? env.ENGINE_DATABASE_URL ?? env.DATABASE_URL;
    if (!url) throw new SettingError('ENGINE_DATABASE_URL is not set');
    const db = openDatabase(url, 1);
    try {
      const released = await releaseEvents(db, name);
      await notify(db, 'work', 'a command');
      return { released };
    } finally {
      await db.close();
    }
  };
}

/** The command that arguments name; undefined when they begin with a flag, or are none: then the engine itself is meant. */
export function commandOf([subject, verb, ...rest]: string[]): Command | undefined {
  if (subject === undefined || subject.startsWith('-')) return undefined;
  if (subject === 'events' && verb === 'release') return release(rest);
  throw new SettingError(
    `there is no command "${[subject, verb].filter(Boolean).join(' ')}"; there is: events release`,
  );
}
