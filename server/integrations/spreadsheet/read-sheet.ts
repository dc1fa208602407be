import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { workerEntry } from '@/server/platform/worker-entry';
import { defaultSheetLimits, SheetError, type SheetLimits, type SheetRow, type SheetSource } from './port';
import type { SheetJob, SheetMessage } from './sheet-messages';

export interface ReadSheetOptions {
  limits?: Partial<SheetLimits>;
  /** Whether a first row of nothing but figures is refused as `no_header`. */
  requireHeader?: boolean;
}

type Awaited = { resolve: (message: SheetMessage) => void; reject: (error: Error) => void };

/** One worker thread and the messages it sent. A file can kill the thread, by memory or by time, but not the process. */
class SheetReader {
  readonly #worker: Worker;
  readonly #limits: SheetLimits;
  readonly #messages: SheetMessage[] = [];
  #failure: Error | null = null;
  #awaited: Awaited | null = null;

  constructor(job: SheetJob) {
    const { file, execArgv } = workerEntry('sheet', 'server/integrations/spreadsheet/sheet.worker.ts');
    const resourceLimits = { maxOldGenerationSizeMb: job.limits.heapMb };
    this.#limits = job.limits;
    this.#worker = new Worker(file, { execArgv, workerData: job, resourceLimits });
    this.#worker.on('message', (message: SheetMessage) => this.#take(message));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => this.#fail(this.#explain(error)));
    this.#worker.on('exit', () => this.#fail(new SheetError('corrupt', { found: 'reader ended' })));
  }

  ask(): void {
    this.#worker.postMessage(null);
  }

  async next(): Promise<SheetMessage> {
    const message = this.#messages.shift() ?? (await this.#receive());
    if (message.type !== 'failure') return message;
    await this.close();
    throw new SheetError(message.code, message);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(): Promise<SheetMessage> {
    if (this.#failure) return Promise.reject(this.#failure);
    const timer = setTimeout(() => {
      this.#fail(new SheetError('timed_out', { limit: this.#limits.idleMs }));
      void this.close();
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

  #explain(error: NodeJS.ErrnoException): Error {
    return error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? new SheetError('too_large', { found: 'memory', limit: this.#limits.heapMb, cause: error })
      : error;
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
    await reader.close();
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
  const reader = new SheetReader({ source, limits, requireHeader: options.requireHeader ?? true });
  const message = await reader.next();
  if (message.type !== 'header') {
    await reader.close();
    throw new SheetError('empty');
  }
  const { format, sheetName, header } = message;
  return { format, sheetName, header, batches: readBatches(reader), close: () => reader.close() };
}
