import type { ChildProcess } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import {
  defaultSheetLimits,
  type ReadSheetOptions,
  SheetError,
  type SheetFile,
  type SheetLimits,
  type SheetRow,
  type SheetSource,
} from './port';
import type { SheetJob, SheetMessage } from './sheet-messages';
import { giveBackProcess, takeProcess } from './sheet-processes';

/** What writing to a child says when that has ended. */
const gone = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED']);

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
  #ended = false;

  readonly #onMessage = (message: unknown) => this.#take(message as SheetMessage);
  readonly #onError = (error: Error) => this.#fail(error);
  readonly #onExit = (_: number | null, signal: NodeJS.Signals | null) => this.#fail(this.#explain(signal));

  constructor(job: SheetJob) {
    this.#limits = job.limits;
    this.#child = takeProcess(job.limits.heapMb);
    this.#child.on('message', this.#onMessage).on('error', this.#onError).on('exit', this.#onExit);
    this.#send(job);
  }

  /** Hands on a file as it comes, no faster than the child takes it. The end of a child is reported by its exit. */
  async feed(content: AsyncIterable<Uint8Array>): Promise<void> {
    const into = this.#child.stdin;
    if (!into) return;
    try {
      await pipeline(content, into);
    } catch (error) {
      if (gone.has((error as NodeJS.ErrnoException).code ?? '')) return;
      this.#fail(error instanceof Error ? error : new Error('the file could not be read'));
      this.close();
    }
  }

  ask(): void {
    this.#send('more');
  }

  async next(): Promise<SheetMessage> {
    const message = this.#messages.shift() ?? (await this.#receive());
    if (message.type !== 'failure') return message;
    this.close();
    throw new SheetError(message.code, message);
  }

  /** The process is ended, unless it reads for another by now. */
  close(): void {
    if (!this.#ended) this.#child.kill('SIGKILL');
  }

  /** The process of a sheet that was read to its end may read another; any other ends. */
  done({ clean }: { clean: boolean }): void {
    if (!clean || this.#failure) this.close();
    if (this.#ended || !clean || this.#failure) return;
    this.#ended = true;
    this.#child.off('message', this.#onMessage).off('error', this.#onError).off('exit', this.#onExit);
    giveBackProcess(this.#child, this.#limits.heapMb);
  }

  /** The end of a child is reported by its exit: what could not be sent to it needs no error of its own. */
  #send(message: SheetJob | 'more'): void {
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
  let clean = false;
  try {
    reader.ask();
    for (;;) {
      // The next batch is prepared while this one is worked on.
      reader.ask();
      const message = await reader.next();
      if (message.type === 'batch') yield JSON.parse(message.rows) as SheetRow[];
      if (message.type !== 'end') continue;
      clean = message.small;
      return;
    }
  } finally {
    reader.done({ clean });
  }
}

type Stream = Exclude<SheetFile, string | Uint8Array>;
const isStream = (source: SheetFile): source is Stream => typeof source !== 'string' && !(source instanceof Uint8Array);

/** What is small comes whole: a process that got its file so can read another. */
const atHand = async (source: SheetFile): Promise<SheetJob['source']> => {
  if (!isStream(source)) return source;
  return source.bytes > SMALL_FILE ? source.bytes : buffer(source.content);
};
const SMALL_FILE = 256 * 1024;

const sizeOf = async (source: SheetFile): Promise<number> => {
  if (typeof source === 'string') return (await stat(source)).size;
  return source instanceof Uint8Array ? source.byteLength : source.bytes;
};

/**
 * Reads the sheet of a file (its path, its bytes, or a stream of them) as people upload it: CSV, XLSX or XLS by content, whatever its name.
 * Resolves when the header is known. Rejects with `SheetError` where the file is at fault, with the system's error where
 * it cannot be opened.
 */
export async function readSheet(source: SheetFile, options: ReadSheetOptions = {}): Promise<SheetSource> {
  const limits = { ...defaultSheetLimits, ...options.limits };
  const size = await sizeOf(source);
  if (size > limits.fileBytes) throw new SheetError('too_large', { limit: limits.fileBytes });
  const { requireHeader = true, encoding = null, wanted = null, headerRow = null } = options;
  const given = await atHand(source);
  const reader = new SheetReader({
    source: given,
    limits,
    requireHeader,
    encoding,
    search: { wanted, row: headerRow },
  });
  if (typeof given === 'number' && isStream(source)) void reader.feed(source.content);
  const message = await reader.next();
  if (message.type !== 'header') {
    reader.close();
    throw new SheetError('empty');
  }
  const { format, sheetName, otherSheets, hiddenColumns, header, rowsAbove, match } = message;
  return {
    format,
    sheetName,
    otherSheets,
    hiddenColumns,
    header,
    rowsAbove,
    match,
    batches: readBatches(reader),
    close: async () => reader.close(),
  };
}
