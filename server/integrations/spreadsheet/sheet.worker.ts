import { readFileSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { openCsv } from './csv';
import { detectFormat } from './detect';
import { type OpenSheet, SheetError, type SheetRow } from './port';
import type { SheetJob, SheetMessage } from './sheet-messages';
import { openXls } from './xls';
import { openXlsx } from './xlsx';

const BATCH = 500;

function open(bytes: Uint8Array, { limits }: SheetJob): OpenSheet | Promise<OpenSheet> {
  const format = detectFormat(bytes);
  if (format === 'csv') return openCsv(bytes, limits);
  return format === 'xls' ? openXls(bytes, limits) : openXlsx(bytes, limits);
}

/** Sends packed batches as they are asked for; `wait` holds a reader back while two are on their way. */
class Sender {
  readonly #port: MessagePort;
  readonly #packed: string[] = [];
  #asked = 0;
  #resume: (() => void) | null = null;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', () => {
      this.#asked += 1;
      this.#flush();
    });
  }

  send(rows: SheetRow[]): void {
    this.#packed.push(JSON.stringify(rows));
    this.#flush();
  }

  async wait(below: number): Promise<void> {
    while (this.#packed.length >= below) {
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
  }

  #flush(): void {
    while (this.#asked > 0) {
      const rows = this.#packed.shift();
      if (rows === undefined) break;
      this.#asked -= 1;
      this.#port.postMessage({ type: 'batch', rows } satisfies SheetMessage);
    }
    this.#resume?.();
  }
}

/** A first row of nothing but figures is data: the sheet has lost its header. */
const isHeader = (row: SheetRow) =>
  row.cells.some((cell) => cell?.trim() && !/^[-+\d.,:%T/\s]+$/.test(cell) && cell !== 'true' && cell !== 'false');

async function run(port: MessagePort, job: SheetJob): Promise<void> {
  const bytes = typeof job.source === 'string' ? readFileSync(job.source) : job.source;
  const sheet = await open(bytes, job);
  const sender = new Sender(port);
  let header: SheetRow | null = null;
  let count = 0;
  let batch: SheetRow[] = [];
  for await (const row of sheet.rows) {
    if (!header) {
      if (job.requireHeader && !isHeader(row)) throw new SheetError('no_header', { place: `row ${row.number}` });
      header = row;
      port.postMessage({
        type: 'header',
        format: sheet.format,
        sheetName: sheet.sheetName,
        header,
      } satisfies SheetMessage);
      continue;
    }
    count += 1;
    if (count > job.limits.rows)
      throw new SheetError('too_many_rows', { place: `row ${row.number}`, limit: job.limits.rows });
    batch.push(row);
    if (batch.length < BATCH) continue;
    sender.send(batch);
    batch = [];
    if (!sheet.unpausable) await sender.wait(2);
  }
  if (!header) throw new SheetError('empty');
  if (batch.length > 0) sender.send(batch);
  await sender.wait(1);
  port.postMessage({ type: 'end' } satisfies SheetMessage);
}

function toFailure(error: unknown): SheetMessage {
  if (error instanceof SheetError) {
    const { code, place, found, limit } = error;
    return { type: 'failure', code, place, found, limit };
  }
  // Whatever a parser throws about a file's content means that the content is broken.
  return { type: 'failure', code: 'corrupt', place: null, found: null, limit: null };
}

if (parentPort) {
  const port = parentPort;
  run(port, workerData as SheetJob)
    .catch((error: unknown) => port.postMessage(toFailure(error)))
    .finally(() => port.close());
}
