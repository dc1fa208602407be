import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const LIMIT_BYTES = 10 * 1024 * 1024;
const AGAIN_MS = 5000;

/** A log that never ends the program that writes it: while its volume is full or closed, its lines are lost, and then it goes on. */
export class LogFile {
  #stream = null;
  #againAt = 0;

  constructor(file) {
    this.path = file;
    this.#open();
  }

  write(text) {
    if (!this.#stream && Date.now() >= this.#againAt) this.#open();
    this.#stream?.write(text);
  }

  #open() {
    try {
      mkdirSync(path.dirname(this.path), { recursive: true, mode: 0o700 });
      if (existsSync(this.path) && statSync(this.path).size > LIMIT_BYTES) renameSync(this.path, `${this.path}.1`);
      const stream = createWriteStream(this.path, { flags: 'a', mode: 0o600 });
      stream.on('error', () => this.#rest());
      this.#stream = stream;
    } catch {
      this.#rest();
    }
  }

  #rest() {
    this.#stream = null;
    this.#againAt = Date.now() + AGAIN_MS;
  }
}
