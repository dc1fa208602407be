import { type ChildProcess, fork } from 'node:child_process';
import { workerEntry } from '@/server/platform/worker-entry';
import type { PdfJob } from './paper/job';
import type { RenderResult } from './pdf.worker';

/** What a process has kept of earlier documents goes with it; a new one is there in less than a second. */
const JOBS_OF_ONE = 400;
const HEAP_MB = 512;
/** A statement of thousands of rows takes some seconds; what takes longer never ends. */
const JOB_MS = 120_000;

type Waiting = { resolve: (bytes: Buffer) => void; reject: (error: Error) => void; timer: NodeJS.Timeout };

/**
 * A process that renders one document at a time. A thread would share our memory and keep what it took; the process sees no
 * setting and no secret of ours.
 */
export class RenderProcess {
  readonly #child: ChildProcess;
  readonly #onGone: (worker: RenderProcess) => void;
  #waiting: Waiting | null = null;
  #jobsLeft: number;

  constructor(onGone: (worker: RenderProcess) => void, jobs = JOBS_OF_ONE) {
    this.#jobsLeft = jobs;
    const { file, execArgv } = workerEntry('pdf', 'server/pdf/pdf.worker.tsx');
    this.#onGone = onGone;
    this.#child = fork(file, ['paint'], {
      execArgv: [...execArgv, `--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=8'],
      env: { NODE_ENV: 'production' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // An idle render process does not keep us alive: it ends with us, by its closed channel.
    this.#child.unref();
    this.#child.channel?.unref();
    this.#child.on('message', (message) => this.#take(message as RenderResult));
    this.#child.on('error', (error) => this.#lose(error));
    this.#child.on('exit', () => this.#lose(new Error('the render process ended')));
  }

  get isFree(): boolean {
    return this.#waiting === null;
  }

  /** Whether it has rendered so much that another should take its place. */
  get isWorn(): boolean {
    return this.#jobsLeft <= 0;
  }

  /** Draws a document. One at a time. Rejects where the process ends over it. */
  render(job: PdfJob): Promise<Buffer> {
    this.#jobsLeft -= 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.end(), JOB_MS);
      this.#waiting = { resolve, reject, timer };
      this.#child.send(job, (error) => error && this.#lose(error));
    });
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }

  #take(painted: RenderResult): void {
    const waiting = this.#settle();
    if ('bytes' in painted) waiting?.resolve(Buffer.from(painted.bytes));
    else waiting?.reject(new Error(painted.failure));
  }

  #lose(error: Error): void {
    this.#settle()?.reject(error);
    this.#onGone(this);
  }

  #settle(): Waiting | null {
    const waiting = this.#waiting;
    this.#waiting = null;
    clearTimeout(waiting?.timer);
    return waiting;
  }
}
