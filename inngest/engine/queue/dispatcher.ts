import type { Logger } from 'pino';
import type { Catalog, KnownFunction } from '../catalog/catalog';
import { type Answer, readAnswer } from '../protocol/answer';
import { canNeverBeStored, type Database } from '../store/database';
import type { AppClient } from './app-client';
import { claimJobs, conclude, extendLeases, type Job, type Lease, loadMemos, takeOverExpired } from './jobs';
import { Loop } from './loop';
import { executionBody, executionHeaders, executionUrl } from './request';
import { type SettleContext, settle } from './settle';

export interface DispatcherOptions {
  db: Database;
  catalog: Catalog;
  app: AppClient;
  log: Logger;
  /** This process, as the owner of leases. */
  owner: string;
  leaseMs: number;
  /** Most requests under way at once. */
  workers: number;
  flatRetryMs: number | undefined;
  expectAt: (at: number) => void;
  /** New work may lie in the queue or the inbox. */
  onProgress: () => void;
}

const SETTLE_PAUSE_MS = 300;
const SETTLE_PAUSE_MOST_MS = 3_000;

/** Claims ready jobs as long as workers are free, sends each to the app and records the answer. */
export class Dispatcher {
  private readonly inFlight = new Map<string, Promise<void>>();
  /** Requests under way, by function. */
  private readonly busy = new Map<string, number>();
  private readonly loop: Loop;
  private stopping = false;

  constructor(private readonly options: DispatcherOptions) {
    this.loop = new Loop(
      () => this.claim(),
      (error) => options.log.warn({ err: error }, 'claiming failed'),
    );
  }

  wake(): void {
    this.loop.wake();
  }

  private async claim(): Promise<void> {
    const { db, catalog, owner, workers, leaseMs } = this.options;
    for (;;) {
      const free = workers - this.inFlight.size;
      if (free <= 0 || this.stopping) return;
      const jobs = await claimJobs(db, owner, catalog.ids(), this.busy, free, leaseMs);
      if (jobs.length === 0) return;
      const memos = await loadMemos(db, jobs);
      for (const job of jobs) this.start(job, memos.get(job.run_id) ?? {});
    }
  }

  private count(job: Job, difference: 1 | -1): void {
    this.busy.set(job.function_id, (this.busy.get(job.function_id) ?? 0) + difference);
  }

  private start(job: Job, memos: Record<string, unknown>): void {
    this.count(job, 1);
    const flight = this.execute(job, memos)
      .catch((error) => this.options.log.error({ err: error, run: job.run_id }, 'a request could not be settled'))
      .finally(() => {
        this.inFlight.delete(job.id);
        this.count(job, -1);
        this.options.onProgress();
      });
    this.inFlight.set(job.id, flight);
  }

  private async execute(job: Job, memos: Record<string, unknown>): Promise<void> {
    const fn = this.options.catalog.get(job.function_id);
    // The function was removed while its job was claimed: the sync has cancelled the run.
    if (!fn) return;
    const answer = await this.request(fn, job, memos);
    await this.record(fn, job, answer);
  }

  private async request(fn: KnownFunction, job: Job, memos: Record<string, unknown>): Promise<Answer> {
    try {
      const response = await this.options.app.send({
        method: 'POST',
        url: executionUrl(fn, job),
        body: executionBody(fn, job, memos),
        headers: executionHeaders(job),
      });
      return readAnswer(response);
    } catch (error) {
      const message = `the app cannot be reached: ${error instanceof Error ? error.message : String(error)}`;
      return { kind: 'error', error: { name: 'Error', message }, retryable: true };
    }
  }

  /** Records an answer, as often as it takes while the database is away. A lost lease ends it: somebody else has the job. */
  private async record(fn: KnownFunction, job: Job, answer: Answer): Promise<void> {
    const { db, catalog, flatRetryMs, expectAt, owner, log } = this.options;
    const context: SettleContext = { db, catalog, flatRetryMs, expectAt };
    const lease: Lease = { jobId: job.id, owner, generation: job.generation };
    for (let turn = 1; ; turn++) {
      try {
        const held = await settle(context, { fn, job, lease }, answer);
        if (!held) log.info({ run: job.run_id, fn: fn.slug }, 'answer dropped: the run ended or the lease was lost');
        return;
      } catch (error) {
        if (this.stopping) throw error;
        if (canNeverBeStored(error)) return this.discard(lease, error);
        log.warn({ err: error, run: job.run_id, turn }, 'recording an answer failed');
        await new Promise((resolve) => setTimeout(resolve, Math.min(SETTLE_PAUSE_MS * turn, SETTLE_PAUSE_MOST_MS)));
      }
    }
  }

  /** An answer that can never be stored must not be tried for ever: the run fails with the reason. */
  private async discard(lease: Lease, cause: unknown): Promise<void> {
    const { db, log } = this.options;
    const message = `the answer cannot be stored: ${cause instanceof Error ? cause.message : String(cause)}`;
    log.error({ err: cause, job: lease.jobId }, 'an answer cannot be stored');
    const output = { name: 'Error', message };
    await conclude(db, lease, { done: [], status: 'Failed', output });
  }

  /** To be called more often than a lease lasts. */
  async keepLeases(): Promise<void> {
    const { db, owner, leaseMs } = this.options;
    if (this.inFlight.size > 0) await extendLeases(db, owner, [...this.inFlight.keys()], leaseMs);
    if ((await takeOverExpired(db)) > 0) this.wake();
  }

  /** Claims nothing more and waits for what is under way, at most for the given time. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
    const grace = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([Promise.allSettled(this.inFlight.values()), grace]);
  }
}
