import { readFileSync } from 'node:fs';
import { openCsv } from './csv';
import { detectFormat } from './detect';
import { type FoundHeader, HeaderFinder } from './header';
import { type OpenSheet, SheetError, type SheetRow, type VisitRow } from './port';
import type { SheetJob, SheetMessage } from './sheet-messages';
import { openXls } from './xls';
import { openXlsx } from './xlsx';

const BATCH = 500;
/** A batch of long rows is sent earlier: it is held here, on its way and by who asked for it. */
const BATCH_CHARS = 512 * 1024;
/** Bytes of memory up to which a process may read another sheet; a new one has about 50 MB. */
const SMALL_PROCESS = 100 * 1024 * 1024;

function open(bytes: Uint8Array, { limits, encoding }: SheetJob): OpenSheet | Promise<OpenSheet> {
  const format = detectFormat(bytes);
  if (format === 'csv') return openCsv(bytes, limits, encoding ?? undefined);
  return format === 'xls' ? openXls(bytes, limits) : openXlsx(bytes, limits);
}

/** To the process that asked for the sheet. */
const send = (message: SheetMessage) => process.send?.(message);

/** Sends packed batches as they are asked for; `wait` pauses a reader while two are ready. */
class Sender {
  readonly #packed: string[] = [];
  #asked = 0;
  #resume: (() => void) | null = null;

  ask(): void {
    this.#asked += 1;
    this.#flush();
  }

  send(rows: SheetRow[]): void {
    this.#packed.push(JSON.stringify(rows));
    this.#flush();
  }

  /** Resolves when fewer than `below` batches lie here. */
  wait(below: number): Promise<void> | undefined {
    if (this.#packed.length < below) return;
    return new Promise<void>((resolve) => {
      this.#resume = () => {
        if (this.#packed.length < below) resolve();
      };
    });
  }

  #flush(): void {
    while (this.#asked > 0) {
      const rows = this.#packed.shift();
      if (rows === undefined) break;
      this.#asked -= 1;
      send({ type: 'batch', rows });
    }
    this.#resume?.();
  }
}

/** A first row of nothing but figures is data: the sheet has lost its header. */
const isHeader = (row: SheetRow) =>
  row.cells.some((cell) => cell?.trim() && !/^[-+\d.,:%T/\s]+$/.test(cell) && cell !== 'true' && cell !== 'false');

const sizeOf = (row: SheetRow) => row.cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);

/** Turns visited rows into messages: the header first, then full batches, then the rest. */
class Writer {
  readonly #sender: Sender;
  readonly #job: SheetJob;
  readonly #sheet: OpenSheet;
  readonly #finder: HeaderFinder;
  #begun = false;
  #count = 0;
  #batch: SheetRow[] = [];
  #chars = 0;

  constructor(sender: Sender, job: SheetJob, sheet: OpenSheet) {
    this.#sender = sender;
    this.#job = job;
    this.#sheet = sheet;
    this.#finder = new HeaderFinder(job.search);
  }

  readonly visit: VisitRow = (row) => {
    if (this.#begun) return this.#add(row);
    const found = this.#finder.take(row);
    if (found) this.#begin(found);
    return undefined;
  };

  async end(): Promise<void> {
    if (!this.#begun) this.#begin(this.#finder.end());
    if (this.#batch.length > 0) this.#send();
    await this.#sender.wait(1);
    // What came by standard input has ended it, and a heap that has grown is no room for the next sheet.
    const small = typeof this.#job.source !== 'number' && process.memoryUsage.rss() < SMALL_PROCESS;
    send({ type: 'end', small });
  }

  #add(row: SheetRow): Promise<void> | undefined {
    this.#count += 1;
    const limit = this.#job.limits.rows;
    if (this.#count > limit) throw new SheetError('too_many_rows', { place: `row ${row.number}`, limit });
    this.#batch.push(row);
    this.#chars += sizeOf(row);
    if (this.#batch.length < BATCH && this.#chars < BATCH_CHARS) return;
    this.#send();
    return this.#sender.wait(2);
  }

  #send(): void {
    this.#sender.send(this.#batch);
    this.#batch = [];
    this.#chars = 0;
  }

  #begin({ header, match, above: rowsAbove, rest }: FoundHeader): void {
    if (this.#job.requireHeader && !isHeader(header)) {
      throw new SheetError('no_header', { place: `row ${header.number}` });
    }
    this.#begun = true;
    const { format, sheetName, otherSheets } = this.#sheet;
    const hiddenColumns = this.#sheet.hiddenColumns?.() ?? [];
    send({ type: 'header', format, sheetName, otherSheets, hiddenColumns, header, rowsAbove, match });
    for (const row of rest) this.#add(row);
  }
}

/** The file into one buffer of its size: pieces that are joined at the end would need that twice. */
async function fromInput(size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) at += piece.copy(bytes, at);
  return bytes.subarray(0, at);
}

function bytesOf({ source }: SheetJob): Uint8Array | Promise<Uint8Array> {
  if (typeof source === 'number') return fromInput(source);
  return typeof source === 'string' ? readFileSync(source) : source;
}

async function run(job: SheetJob, sender: Sender): Promise<void> {
  const bytes = await bytesOf(job);
  const sheet = await open(bytes, job);
  const writer = new Writer(sender, job, sheet);
  await sheet.each(writer.visit);
  await writer.end();
}

function toFailure(error: unknown): SheetMessage {
  if (error instanceof SheetError) {
    const { code, place, found, limit } = error;
    return { type: 'failure', code, place, found, limit };
  }
  // Whatever a parser throws about a file's content means that the content is broken.
  return { type: 'failure', code: 'corrupt', place: null, found: null, limit: null };
}

/** A message is a job, or asks the job before it for a batch. The parent ends this process, or its own end does. */
let sender = new Sender();
process.on('message', (message: SheetJob | 'more') => {
  if (message === 'more') return sender.ask();
  sender = new Sender();
  run(message, sender).catch((error: unknown) => send(toFailure(error)));
});
process.once('disconnect', () => process.exit());
