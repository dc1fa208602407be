import type { PdfJob } from './paper/job';
import type { Language } from './paper/words';
import { type ReceiptView, receiptView } from './receipt/view-model';
import { RenderProcess } from './renderer';
import { type StatementView, statementView } from './statement/view-model';

const PROCESSES = 2;
/** Some seconds of work for both; a batch of thousands waits in its own queue, not in memory here. */
const QUEUE = 64;
/** Behind a rush of documents all go again but the one that is kept. */
const IDLE_MS = 30_000;

/** Too many documents are waiting. Worth a retry in a moment; nothing was rendered. */
export class PdfQueueFull extends Error {
  constructor() {
    super('Too many documents are waiting to be rendered.');
    this.name = 'PdfQueueFull';
  }
}

type Ordered = { job: PdfJob; resolve: (bytes: Buffer) => void; reject: (error: unknown) => void };

let workers: RenderProcess[] = [];
let queue: Ordered[] = [];
let kept = 0;
let idle: NodeJS.Timeout | undefined;

const forget = (gone: RenderProcess) => {
  workers = workers.filter((worker) => worker !== gone);
};

function hire(): RenderProcess {
  const worker = new RenderProcess(forget);
  workers.push(worker);
  return worker;
}

function dismiss(worker: RenderProcess): void {
  forget(worker);
  worker.end();
}

async function work(worker: RenderProcess, { job, resolve, reject }: Ordered): Promise<void> {
  await worker.render(job).then(resolve, reject);
  if (worker.isWorn) dismiss(worker);
  keepAlive();
  goOn();
}

/** Hands waiting documents to free workers, as many as there may be. */
function goOn(): void {
  clearTimeout(idle);
  while (queue.length > 0) {
    const free = workers.find(({ isFree }) => isFree) ?? (workers.length < PROCESSES ? hire() : undefined);
    if (!free) return;
    const next = queue.shift();
    if (next) void work(free, next);
  }
  idle = setTimeout(() => {
    for (const worker of workers.slice(kept)) if (worker.isFree) dismiss(worker);
  }, IDLE_MS).unref();
}

function keepAlive(): void {
  while (workers.length < kept) hire();
}

export function renderPdf(kind: 'receipt', language: Language, view: ReceiptView): Promise<Buffer>;
export function renderPdf(kind: 'statement', language: Language, view: StatementView): Promise<Buffer>;
/**
 * Renders a document in a process of its own. Throws zod's error where the view model is incomplete, before any work, and
 * `PdfQueueFull` where too many wait.
 */
export async function renderPdf(kind: PdfJob['kind'], language: Language, view: unknown): Promise<Buffer> {
  const job: PdfJob =
    kind === 'receipt'
      ? { kind, language, view: receiptView.parse(view) }
      : { kind, language, view: statementView.parse(view) };
  if (queue.length >= QUEUE) throw new PdfQueueFull();
  return new Promise((resolve, reject) => {
    queue.push({ job, resolve, reject });
    goOn();
  });
}

/** Keeps one worker ready from now on, so that who first wants a document does not wait for it to start. */
export function keepRendererReady(): void {
  kept = 1;
  keepAlive();
}

/** Ends the workers with what they are rendering. */
export async function closePdfPool(): Promise<void> {
  kept = 0;
  const waiting = queue;
  queue = [];
  for (const { reject } of waiting) reject(new PdfQueueFull());
  for (const worker of workers) dismiss(worker);
}
