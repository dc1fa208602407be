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

let painters: RenderProcess[] = [];
let queue: Ordered[] = [];
let kept = 0;
let idle: NodeJS.Timeout | undefined;

const forget = (gone: RenderProcess) => {
  painters = painters.filter((painter) => painter !== gone);
};

function hire(): RenderProcess {
  const painter = new RenderProcess(forget);
  painters.push(painter);
  return painter;
}

function dismiss(painter: RenderProcess): void {
  forget(painter);
  painter.end();
}

async function work(painter: RenderProcess, { job, resolve, reject }: Ordered): Promise<void> {
  await painter.draw(job).then(resolve, reject);
  if (painter.isWorn) dismiss(painter);
  keepAlive();
  goOn();
}

/** Hands waiting documents to free painters, as many as there may be. */
function goOn(): void {
  clearTimeout(idle);
  while (queue.length > 0) {
    const free = painters.find(({ isFree }) => isFree) ?? (painters.length < PROCESSES ? hire() : undefined);
    if (!free) return;
    const next = queue.shift();
    if (next) void work(free, next);
  }
  idle = setTimeout(() => {
    for (const painter of painters.slice(kept)) if (painter.isFree) dismiss(painter);
  }, IDLE_MS).unref();
}

function keepAlive(): void {
  while (painters.length < kept) hire();
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

/** Keeps one painter ready from now on, so that who first wants a document does not wait for it to start. */
export function keepRendererReady(): void {
  kept = 1;
  keepAlive();
}

/** Ends the painters with what they are drawing. */
export async function closePdfPool(): Promise<void> {
  kept = 0;
  const waiting = queue;
  queue = [];
  for (const { reject } of waiting) reject(new PdfQueueFull());
  for (const painter of painters) dismiss(painter);
}
