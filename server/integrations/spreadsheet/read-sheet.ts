import { type ChildProcess, fork } from 'node:child_process';
import { stat } from 'node:fs/promises';

import { workerEntry } from '@/server/platform/worker-entry';
import {
  defaultSheetLimits,
  type ReadSheetOptions,
  SheetError,
  type SheetLimits,
  type SheetRow,
  type SheetSource,
} from './port';
import type { SheetJob, SheetMessage } from './sheet-messages';

type Awaited = { resolve: (message: SheetMessage) => void; reject: (error: Error) => void };

/**
 * One child process and the messages it sent. A thread would not do: a parser that runs out of memory can take the whole
 * process along with its thread, whatever limits that has. The child sees no setting and no secret of ours.
 */
class SheetReader {
  readonly #child: ChildProcess;
  readonly #limits: SheetLimits;
  readonly #messages: SheetMessage[] = [];
  #failure: Error | null = null;
  #awaited: Awaited | null = null;

  constructor(job: SheetJob) {
    const { file, execArgv } = workerEntry('sheet', 'server/integrations/spreadsheet/sheet.worker.ts');
    this.#limits = job.limits;
    this.#child = fork(file, [], {
      execArgv: [...execArgv, `--max-old-space-size=${job.limits.heapMb}`, '--max-semi-space-size=4'],
      env: { NODE_ENV: 'production' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (message) => this.#take(message as SheetMessage));
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.on('exit', (_, signal) => this.#fail(this.#explain(signal)));
    this.#tell(job);
  }

  ask(): void {
    this.#tell('more');
  }

  async next(): Promise<SheetMessage> {
    const message = this.#messages.shift() ?? (await this.#receive());
    if (message.type !== 'failure') return message;
    this.close();
    throw new SheetError(message.code, message);
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }

  /** A child that is gone tells so by its end: what could not be sent to it needs no error of its own. */
  #tell(message: SheetJob | 'more'): void {
    this.#child.send(message, () => {});
  }

  #receive(): Promise<SheetMessage> {
    if (this.#failure) return Promise.reject(this.#failure);
    const timer = setTimeout(() => {
      this.#fail(new SheetError('timed_out', { limit: this.#limits.idleMs }));
      this.close();
    }, this.#limits.idleMs);
    return new Promise<SheetMessage>((resolve, reject) => {
      this.#awaited = { resolve, reject };
    }).finally(() => clearTimeout(timer));
  }

  #take(message: SheetMessage): void {
    const awaited = this.#awaited;
    this.#awaited = null;
    if (awaited) awaited.resolve(message);
    else this.#messages.push(message);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    const awaited = this.#awaited;
    this.#awaited = null;
    awaited?.reject(this.#failure);
  }

  /** The engine aborts a process that is out of memory; the system kills one that takes too much of it. */
  #explain(signal: NodeJS.Signals | null): Error {
    return signal === 'SIGABRT' || signal === 'SIGKILL'
      ? new SheetError('too_large', { found: 'memory', limit: this.#limits.heapMb })
      : new SheetError('corrupt', { found: 'reader ended' });
  }
}

async function* readBatches(reader: SheetReader): AsyncGenerator<SheetRow[]> {
  try {
    reader.ask();
    for (;;) {
      // The next batch is prepared while this one is worked on.
      reader.ask();
      const message = await reader.next();
      if (message.type === 'batch') yield JSON.parse(message.rows) as SheetRow[];
      if (message.type === 'end') return;
    }
  } finally {
    reader.close();
  }
}

/**
 * Reads the sheet of a file (its path, or its bytes) as people upload it: CSV, XLSX or XLS by content, whatever its name.
 * Resolves when the header is known. Rejects with `SheetError` where the file is at fault, with the system's error where
 * it cannot be opened.
 */
export async function readSheet(source: string | Uint8Array, options: ReadSheetOptions = {}): Promise<SheetSource> {
  const limits = { ...defaultSheetLimits, ...options.limits };
  const size = typeof source === 'string' ? (await stat(source)).size : source.byteLength;
  if (size > limits.fileBytes) throw new SheetError('too_large', { limit: limits.fileBytes });
  const { requireHeader = true, encoding = null, wanted = null, headerRow = null } = options;
  const reader = new SheetReader({ source, limits, requireHeader, encoding, search: { wanted, row: headerRow } });
  const message = await reader.next();
  if (message.type !== 'header') {
    reader.close();
    throw new SheetError('empty');
  }
  const { format, sheetName, header, match } = message;
  return { format, sheetName, header, match, batches: readBatches(reader), close: async () => reader.close() };
}
