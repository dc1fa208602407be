import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogFile } from './log-file.mjs';
import { dataDir, inData, root } from './paths.mjs';
import { whyTaken } from './ports.mjs';
import { describe, isAlive } from './process-identity.mjs';
import { Refusal, warn } from './say.mjs';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const STEADY_MS = 60_000;
const LINES_KEPT = 20;

/**
 * How a wedged process is distinguished from a busy one: it answers nothing, three times in a row, four and a half seconds each. A pause of
 * the collector or a heavy minute is shorter. Together under fifteen seconds.
 */
const PROBE = { everyMs: 1000, withinMs: 3500 };
/** The supervisor itself was stopped: a missing answer means nothing. */
const OWN_LAG_MS = 1000;

const defaults = {
  failures: 3,
  readyWithinMs: 60_000,
  startWithinMs: 300_000,
  stopWithinMs: 8000,
  warnings: /\b(warn(ing)?|error|fatal|panic)\b/i,
  stateDir: dataDir,
  stopWith: (pid) => signalGroup(pid, 'SIGTERM'),
};

/** pino writes JSON with numeric levels, 40 and above are warnings; other programs write words. */
function warningIn(text, words) {
  if (text.startsWith('{')) {
    try {
      const { level, msg } = JSON.parse(text);
      return level >= 40 ? String(msg) : null;
    } catch {
      return null;
    }
  }
  return words.test(text) ? text : null;
}

/** Signals a process and all it started, which share its group. */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}

async function waitUntilGone(note, ms) {
  const until = Date.now() + ms;
  while (isAlive(note) && Date.now() < until) await sleep(50);
  return !isAlive(note);
}

const pidFile = (stateDir, name) => path.join(stateDir, 'pids', `${name}.json`);

/** Stops what a supervisor that was killed has left running. @returns {Promise<string[]>} their names */
export async function stopOrphans() {
  if (!existsSync(inData('pids'))) return [];
  const stopped = [];
  for (const entry of readdirSync(inData('pids'))) {
    const name = entry.replace(/\.json$/, '');
    const file = pidFile(dataDir, name);
    const note = readNote(file);
    if (isAlive(note)) {
      signalGroup(note.pid, 'SIGTERM');
      if (!(await waitUntilGone(note, 5000))) signalGroup(note.pid, 'SIGKILL');
      stopped.push(name);
    }
    rmSync(file, { force: true });
  }
  return stopped;
}

function readNote(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

const services = new Set();
process.on('exit', () => {
  for (const service of services) service.abandon(); // a supervisor that fails leaves nothing behind
});

/**
 * A child that is kept running: restarted with growing pauses when it exits, stopped on demand.
 * It lives in a process group of its own, so that Ctrl-C reaches the supervisor alone and the order of stopping is ours.
 */
export class Service {
  #child = null;
  #wanted = false;
  #failures = 0;
  #lastLines = [];
  #pause = null;

  /**
   * @param {{
   *   name: string, command: string, args: string[], env?: NodeJS.ProcessEnv, owner?: { uid?: number, gid?: number },
   *   before?: (isWanted: () => boolean) => Promise<void>, isReady: () => Promise<boolean>, readyWithinMs?: number, startWithinMs?: number,
   *   stopWith?: (pid: number) => void, stopWithinMs?: number, warnings?: RegExp, stateDir?: string,
   *   port?: number, onStart?: () => void, responds?: (withinMs: number) => Promise<boolean>, failures?: number,
   * }} options `before` runs ahead of every start, `isReady` is asked until it says yes;
   *   `startWithinMs` is how long the first start may take on a machine that has no processor to spare, `readyWithinMs` how long any later
   *   one may give no sign of life; `stateDir` holds its log and pid file, `port` is the one of this
   *   machine that it will listen on, `onStart` is called at every start; `responds` is asked for as long as it lives, and
   *   one that gives no sign of life is ended and started again
   */
  constructor(options) {
    this.options = { ...defaults, ...options };
    services.add(this);
    this.log = new LogFile(path.join(this.options.stateDir, 'logs', `${options.name}.log`));
  }

  get name() {
    return this.options.name;
  }

  get pid() {
    return this.#child?.pid ?? null;
  }

  /** Starts it and waits until it is ready; a child that exits before that throws a refusal with its last output. */
  async start() {
    this.#wanted = true;
    await this.#spawn();
    await this.#waitUntilReady();
  }

  async stop() {
    this.#wanted = false;
    this.#pause?.abort();
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const note = describe(child.pid);
      this.options.stopWith(child.pid);
      if (!(await waitUntilGone(note, this.options.stopWithinMs))) signalGroup(child.pid, 'SIGKILL');
      await waitUntilGone(note, 2000);
    }
    rmSync(pidFile(this.options.stateDir, this.options.name), { force: true });
  }

  /** Asks it to end without waiting, for a process that is ending itself. */
  abandon() {
    const child = this.#child;
    if (child?.pid && child.exitCode === null && child.signalCode === null) this.options.stopWith(child.pid);
  }

  async #spawn() {
    const { name, command, args, env, owner, before } = this.options;
    await before?.(() => this.#wanted);
    if (!this.#wanted) return;
    await this.#refuseTakenPort();
    const begun = Date.now();
    const child = spawn(command, args, { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...owner });
    this.#child = child;
    child.on('error', (error) => warn(`[${name}] could not be started: ${error.message}`));
    child.on('exit', (code, signal) => this.#onExit(begun, signal ?? `exit code ${code}`));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (text) => this.#hear(text));
    }
    if (!child.pid) return;
    this.#leaveNote(child.pid);
    void this.#watch(child, begun);
  }

  /** Whoever listens there already would answer for it: it would count as ready, and live. */
  async #refuseTakenPort() {
    const { name, port } = this.options;
    if (port && (await whyTaken(port, '127.0.0.1')))
      throw new Refusal(
        `${name}: port ${port} has been taken by another program meanwhile; start again to use another.`,
      );
  }

  /** The pid file is a help only; a full volume is no reason to end the process. */
  #leaveNote(pid) {
    const file = pidFile(this.options.stateDir, this.options.name);
    try {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, JSON.stringify(describe(pid)), { mode: 0o600 });
      this.options.onStart?.();
    } catch (error) {
      warn(`${file} could not be written (${error.code ?? error.message}).`);
    }
  }

  /** Ends a child that is alive and gives no sign of it; it is then started again as after any death. */
  async #watch(child, begun) {
    const { name, responds, readyWithinMs, failures } = this.options;
    if (!responds) return;
    const lives = () => this.#wanted && child === this.#child && child.exitCode === null && child.signalCode === null;
    let silent = 0;
    let wasHeard = false;
    while (lives()) {
      await sleep(PROBE.everyMs);
      const asked = Date.now();
      const heard = await responds(PROBE.withinMs);
      if (heard) wasHeard = true;
      if (heard || Date.now() - asked > PROBE.withinMs + OWN_LAG_MS) silent = 0;
      else silent += 1;
      const isWedged = wasHeard ? silent >= failures : Date.now() - begun > readyWithinMs && silent > 0;
      if (!isWedged || !lives()) continue;
      warn(`${name} lives and answers nothing; it is ended and started again.`);
      signalGroup(child.pid, 'SIGKILL');
      return;
    }
  }

  #hear(text) {
    const { name, warnings } = this.options;
    this.log.write(`${new Date().toISOString()} [${name}] ${text}\n`);
    this.#lastLines = [...this.#lastLines.slice(1 - LINES_KEPT), text];
    const warning = warningIn(text, warnings);
    if (warning) warn(`[${name}] ${warning}`);
  }

  #onExit(begun, how) {
    if (!this.#wanted || !this.ready) return;
    this.#failures = Date.now() - begun > STEADY_MS ? 0 : this.#failures + 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, this.#failures - 1));
    warn(`${this.options.name} stopped (${how}); it is started again in ${pause / 1000} s.`);
    this.#pause = new AbortController();
    sleep(pause, undefined, { signal: this.#pause.signal })
      .then(() => this.#spawn())
      .catch((error) => {
        if (error.name === 'AbortError') return;
        warn(`${this.options.name} could not be started again: ${error.message}`);
        this.#onExit(Date.now(), 'not started');
      });
  }

  async #waitUntilReady() {
    const { name, isReady, readyWithinMs, startWithinMs } = this.options;
    const begun = Date.now();
    let isSlow = false;
    while (this.#wanted) {
      if (await isReady()) {
        this.ready = true;
        return;
      }
      const child = this.#child;
      if (!child?.pid || child.exitCode !== null || child.signalCode !== null) break;
      const waited = Date.now() - begun;
      if (waited > startWithinMs) break;
      if (waited > readyWithinMs && !isSlow) {
        isSlow = true;
        warn(`${name} takes long to come up; it is waited for.`);
      }
      await sleep(50);
    }
    if (!this.#wanted) throw new Refusal(`${name} was stopped before it was ready.`);
    this.#wanted = false;
    console.error(this.#lastLines.join('\n'));
    throw new Refusal(`${name} did not come up; its log is ${this.log.path}.`);
  }
}
