import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MONTHS_BACK = [3, 2, 1];
const LINK = /https?:\/\/\S+(\/s\/[\w-]{43})/;

/** A command of the operator's command line against the running instance. */
async function portal<T>(...words: string[]): Promise<T> {
  const { stdout } = await run(process.execPath, ['scripts/portal.mjs', ...words], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as T;
}

async function sentLink(): Promise<string | undefined> {
  const messages = await portal<{ at: string; text: string }[]>('messages', 'list');
  return messages.map(({ text }) => LINK.exec(text)?.[1]).find((path) => path !== undefined);
}

/** Publishes a month that is over; answers the path of one of its links. Undefined where the month has no statement, or is published. */
async function publishedLink(month: string): Promise<string | undefined> {
  try {
    await portal('statements', 'run', month);
    await portal('statements', 'approve', month);
    const published = await portal<{ link: string }[]>('statements', 'publish', month);
    return published.map(({ link }) => LINK.exec(link)?.[1]).find((path) => path !== undefined);
  } catch {
    return undefined;
  }
}

/** The path of a published statement: of the newest that was sent, else of the oldest month that can be published here. */
export async function statementLink(now: Date): Promise<string> {
  const sent = await sentLink();
  if (sent) return sent;
  for (const back of MONTHS_BACK) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back)).toISOString().slice(0, 7);
    const published = await publishedLink(month);
    if (published) return published;
  }
  throw new Error('no statement can be published here: is this the demo business?');
}
