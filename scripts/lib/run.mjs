import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setPriority } from 'node:os';
import { root } from './paths.mjs';
import { Refusal } from './say.mjs';

/** What runs, by what it is part of. */
const running = new Map();
const LINES_KEPT = 30;

/**
 * Runs a command to its end.
 * @param {{ env?: NodeJS.ProcessEnv, log?: string, show?: boolean, cwd?: string, partOf?: 'start' | 'tests', niceness?: number }} options
 *   `log` keeps the output in a file; `show` lets it through to the terminal; `partOf` is what ends it when it ends itself;
 *   `niceness` from 1 to 19 lets others have the processor first
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(
  command,
  args,
  { env = process.env, log, show = false, cwd = root, partOf = 'start', niceness } = {},
) {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
  });
  running.set(child, partOf);
  if (niceness && child.pid) setPriority(child.pid, niceness);
  const file = log ? createWriteStream(log, { mode: 0o600 }) : null;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
      file?.write(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      file?.end();
      resolve({ code: code ?? (signal ? 1 : 0), output });
    });
  });
}

/** Runs a command that has to succeed; its last lines are shown when it does not. */
export async function mustRun(what, command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  console.error(output.trimEnd().split('\n').slice(-LINES_KEPT).join('\n'));
  throw new Refusal(
    `${what} failed with exit code ${code}${options?.log ? `; the whole output is in ${options.log}` : ''}.`,
  );
}

/** Ends what `run` has under way: a part of it, or all. */
export function stopRunning(part) {
  for (const [child, partOf] of running) if (!part || part === partOf) child.kill('SIGTERM');
}
