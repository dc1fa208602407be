import { fork } from 'node:child_process';
import path from 'node:path';
import { copyTree } from './tree.mjs';

const LONGEST_START_MS = 120_000;
/** A test that takes this many times as long as it does, and more than that besides, has been held up. */
const TIMES = 3;
const BESIDES_MS = 30_000;

/** A copy of the tree with a warm server of vitest in it, in which mutants are tried one after another. */
export class Sandbox {
  #env;
  #tree;
  #child;

  constructor(env) {
    this.#env = { ...env, NODE_ENV: 'test', NO_COLOR: '1', NODE_OPTIONS: '' };
  }

  async open() {
    this.#tree = await copyTree();
    await this.#start();
    return this;
  }

  async #start() {
    const program = path.join(this.#tree.folder, 'scripts/lib/mutants/worker.mjs');
    // A group of its own: what hangs is ended with all that it has begun.
    this.#child = fork(program, [], {
      cwd: this.#tree.folder,
      env: this.#env,
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await this.#answer(LONGEST_START_MS);
  }

  /** The next message, or null when it takes longer than `ms`. */
  #answer(ms) {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const settle = (how, value) => {
        clearTimeout(timer);
        child.off('message', onMessage).off('exit', onExit);
        how(value);
      };
      const onMessage = (message) => settle(resolve, message);
      const onExit = () => settle(reject, new Error('a server of vitest has ended'));
      const timer = setTimeout(() => settle(resolve, null), ms);
      child.on('message', onMessage).on('exit', onExit);
    });
  }

  #end() {
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {} // it has ended by itself
  }

  /** What was written since the last test; the server remembers what it has read. */
  #changed = new Set();

  write(file, text) {
    this.#changed.add(file);
    this.#tree.write(file, text);
  }

  restore(file) {
    this.#changed.add(file);
    this.#tree.restore(file);
  }

  /**
   * Runs one test file. Answers null when it passed, else the test that failed; what is held up counts when that happens twice.
   * @param {{ test: import('./coverage.mjs').TestFile, template: string }} given
   */
  async failure(given) {
    const asked = { ...given, changed: [...this.#changed] };
    this.#changed.clear();
    for (let round = 0; round < 2; round += 1) {
      this.#child.send(asked);
      const answer = await this.#answer(asked.test.ms * TIMES + BESIDES_MS).catch(() => null);
      if (answer) return answer.failure;
      this.#end();
      await this.#start();
    }
    return { test: '(takes for ever, twice)', why: '' };
  }

  stop() {
    this.#end();
    this.#tree.remove();
  }
}
