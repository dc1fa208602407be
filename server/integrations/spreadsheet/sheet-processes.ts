import { type ChildProcess, fork } from 'node:child_process';
import { workerEntry } from '@/server/platform/worker-entry';

/** A process that waits for its next sheet, and how many it has read. */
interface Spare {
  child: ChildProcess;
  heapMb: number;
  lapse: NodeJS.Timeout;
}

const MOST_SPARES = 2;
const MOST_SHEETS = 50;
const LAPSE_MS = 10_000;

const spares: Spare[] = [];
const sheetsRead = new WeakMap<ChildProcess, number>();

function forkReader(heapMb: number): ChildProcess {
  const { file, execArgv } = workerEntry('sheet', 'server/integrations/spreadsheet/sheet.worker.ts');
  const child = fork(file, [], {
    execArgv: [...execArgv, `--max-old-space-size=${heapMb}`, '--max-semi-space-size=4'],
    env: { NODE_ENV: 'production' },
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
  });
  // A child that ends in the middle of a file reports the reason itself.
  child.stdin?.on('error', () => {});
  return child;
}

function forget(child: ChildProcess): void {
  const at = spares.findIndex((spare) => spare.child === child);
  if (at < 0) return;
  clearTimeout(spares[at]?.lapse);
  spares.splice(at, 1);
}

const end = (child: ChildProcess): void => {
  forget(child);
  child.kill('SIGKILL');
};

/**
 * A process that reads a sheet within `heapMb` of heap: one that waits for its next, else a new one. It sees no setting and no secret of
 * ours. Starting one takes a tenth of a second, which most sheets do not take to be read.
 */
export function takeProcess(heapMb: number): ChildProcess {
  const spare = spares.find((one) => one.heapMb === heapMb && one.child.connected);
  const child = spare?.child ?? forkReader(heapMb);
  if (spare) {
    forget(child);
    child.removeAllListeners('exit').removeAllListeners('error');
    hold(child, true);
  }
  sheetsRead.set(child, (sheetsRead.get(child) ?? 0) + 1);
  return child;
}

/** Takes back a process whose sheet was read to its end; it waits a while for the next, and holds up nobody's end meanwhile. */
export function giveBackProcess(child: ChildProcess, heapMb: number): void {
  const worn = (sheetsRead.get(child) ?? 0) >= MOST_SHEETS;
  if (worn || !child.connected || spares.length >= MOST_SPARES) {
    end(child);
    return;
  }
  const lapse = setTimeout(() => end(child), LAPSE_MS).unref();
  child.once('exit', () => forget(child)).once('error', () => end(child));
  hold(child, false);
  spares.push({ child, heapMb, lapse });
}

/** Whether our own process stays for it. */
function hold(child: ChildProcess, held: boolean): void {
  const stdin = child.stdin as (ChildProcess['stdin'] & { ref?: () => void; unref?: () => void }) | null;
  for (const part of [child, child.channel, stdin]) {
    if (held) part?.ref?.();
    else part?.unref?.();
  }
}
