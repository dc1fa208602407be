import Piscina from 'piscina';
import { workerEntry } from '@/server/platform/worker-entry';
import type { PdfJob } from './paper/job';
import type { Language } from './paper/words';
import { type ReceiptView, receiptView } from './receipt/view-model';
import { type StatementView, statementView } from './statement/view-model';

const THREADS = 2;
/** Some seconds of work for both threads; a batch of thousands waits in its own queue, not in memory here. */
const QUEUE = 64;

/** Too many documents are waiting. Worth a retry in a moment; nothing was rendered. */
export class PdfQueueFull extends Error {
  constructor() {
    super('Too many documents are waiting to be rendered.');
    this.name = 'PdfQueueFull';
  }
}

let pool: Piscina<PdfJob, Uint8Array> | null = null;

function openPool(): Piscina<PdfJob, Uint8Array> {
  const { file, execArgv } = workerEntry('pdf', 'server/pdf/pdf.worker.tsx');
  return new Piscina({
    filename: file,
    execArgv,
    minThreads: 1,
    maxThreads: THREADS,
    maxQueue: QUEUE,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
}

export function renderPdf(kind: 'receipt', language: Language, view: ReceiptView): Promise<Buffer>;
export function renderPdf(kind: 'statement', language: Language, view: StatementView): Promise<Buffer>;
/**
 * Renders a document in a worker thread. Throws zod's error where the view model is incomplete, before any work, and
 * `PdfQueueFull` where too many wait.
 */
export async function renderPdf(kind: PdfJob['kind'], language: Language, view: unknown): Promise<Buffer> {
  const job: PdfJob =
    kind === 'receipt'
      ? { kind, language, view: receiptView.parse(view) }
      : { kind, language, view: statementView.parse(view) };
  pool ??= openPool();
  if (pool.queueSize >= QUEUE) throw new PdfQueueFull();
  const bytes = await pool.run(job);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Lets running documents finish and ends the threads. */
export async function closePdfPool(): Promise<void> {
  const closing = pool;
  pool = null;
  await closing?.close();
}
