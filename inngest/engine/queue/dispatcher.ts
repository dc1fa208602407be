import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Catalog, KnownFunction } from '../catalog/catalog';
import { type Answer, readAnswer } from '../protocol/answer';
import { canNeverBeStored, type Database } from '../store/database';
import { type AppClient, neverArrived } from './app-client';
import { ByteBudget } from './byte-budget';
import { claimJobs, conclude, extendLeases, giveBack, type Job, type Lease, takeOverExpired } from './jobs';
import { Loop } from './loop';
import { executionRequest } from './request';
import { type LoadState, loadersOf, StateUnavailable } from './request-state';
import { type SettleContext, type Settling, settle } from './settle';

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
  /** Most bytes of results that are on their way to apps at once. */
  bytesInFlight: number;
  flatRetryMs: number | undefined;
  expectAt: (at: number) => void;
  /** New work may lie in the queue or the inbox. */
  onProgress: () => void;
}

const SETTLE_PAUSE_MS = 300;
const SETTLE_PAUSE_MOST_MS = 3_000;
/** An app that cannot be reached is asked again so much later. */
const AWAY_MS = 1_000;

/** Claims ready jobs as long as workers are free, sends each to the app and records the answer. */
export class Dispatcher {
  private readonly inFlight = new Map<string, Promise<void>>();
  /** Requests under way, by function. */
  private readonly busy = new Map<string, number>();
  /** Apps that cannot be reached: nothing of theirs is claimed for a while. */
  private readonly away = new Set<string>();
  private readonly loop: Loop;
  private readonly budget: ByteBudget;
  private stopping = false;

  constructor(private readonly options: DispatcherOptions) {
    this.budget = new ByteBudget(options.bytesInFlight);
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
      this.loop.moved();
      const free = workers - this.inFlight.size;
      if (free <= 0 || this.stopping) return;
      const present = catalog.all().filter((fn) => !this.away.has(fn.appId));
      const jobs = await claimJobs(
        db,
        owner,
        present.map((fn) => fn.id),
        this.busy,
        free,
        leaseMs,
      );
      if (jobs.length === 0) return;
      // From here on their leases are kept, however long it takes to read what they carry.
      for (const [job, carry] of loadersOf(db, this.budget, jobs)) this.start(job, carry);
    }
  }

  private count(job: Job, difference: 1 | -1): void {
    this.busy.set(job.function_id, (this.busy.get(job.function_id) ?? 0) + difference);
  }

  private start(job: Job, carry: LoadState): void {
    this.count(job, 1);
    const flight = this.execute(job, carry)
      .catch((error) => this.options.log.error({ err: error, run: job.run_id }, 'a request could not be settled'))
      .finally(() => {
        // The same job may be under way again, under a newer lease.
        if (this.inFlight.get(job.id) === flight) this.inFlight.delete(job.id);
        this.count(job, -1);
        this.options.onProgress();
      });
    this.inFlight.set(job.id, flight);
  }

  private async execute(job: Job, carry: LoadState): Promise<void> {
    const fn = this.options.catalog.get(job.function_id);
    // The function was removed while its job was claimed: the sync has cancelled the run.
    if (!fn) return;
    const lease: Lease = { jobId: job.id, owner: this.options.owner, generation: job.generation };
    const answer = await this.request(fn, job, carry);
    if (answer === 'away') this.waitForApp(fn);
    if (answer === 'away' || answer === 'unsent') await giveBack(this.options.db, lease);
    else await this.record({ fn, job, lease }, answer);
  }

  /** `unsent`: what it carries could not be read; `away`: it never came to the app. */
  private async request(fn: KnownFunction, job: Job, carry: LoadState): Promise<Answer | 'unsent' | 'away'> {
    try {
      return readAnswer(await this.options.app.send(executionRequest(fn, job, carry)));
    } catch (error) {
      if (error instanceof StateUnavailable) {
        this.options.log.warn({ err: error.cause ?? error, run: job.run_id }, 'a request could not be built');
        await pause(SETTLE_PAUSE_MS);
        return 'unsent';
      }
      if (neverArrived(error)) return 'away';
      const message = `the app cannot be reached: ${error instanceof Error ? error.message : String(error)}`;
      return { kind: 'error', error: { name: 'Error', message }, retryable: true };
    }
  }

  /** An app that is away has failed at nothing: its work waits, without an attempt, until it can be reached again. */
  private waitForApp(fn: KnownFunction): void {
    if (this.away.has(fn.appId)) return;
    this.away.add(fn.appId);
    this.options.log.debug({ fn: fn.slug }, 'the app cannot be reached: its work waits');
    setTimeout(() => {
      this.away.delete(fn.appId);
      this.wake();
    }, AWAY_MS).unref();
  }

  /** Records an answer, as often as it takes while the database is away. A lost lease ends it: somebody else has the job. */
  private async record({ fn, job, lease }: Settling, answer: Answer): Promise<void> {
    const { db, catalog, flatRetryMs, expectAt, log } = this.options;
    const context: SettleContext = { db, catalog, flatRetryMs, expectAt };
    for (let turn = 1; ; turn++) {
      try {
        const held = await settle(context, { fn, job, lease }, answer);
        if (!held) log.info({ run: job.run_id, fn: fn.slug }, 'answer dropped: the run ended or the lease was lost');
        return;
      } catch (error) {
        if (this.stopping) throw error;
        if (canNeverBeStored(error)) return this.discard(lease, error);
        log.warn({ err: error, run: job.run_id, turn }, 'recording an answer failed');
        await pause(Math.min(SETTLE_PAUSE_MS * turn, SETTLE_PAUSE_MOST_MS));
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

  /** To be called more often than a lease lasts. Of its own connection: leases must not wait for the work they stand for. */
  async extendLeases(): Promise<void> {
    const { db, owner, leaseMs } = this.options;
    if (this.inFlight.size > 0) await extendLeases(db.reserve, owner, [...this.inFlight.keys()], leaseMs);
  }

  /** To be called as often: the work of processes that are gone. */
  async takeOver(): Promise<void> {
    if ((await takeOverExpired(this.options.db)) > 0) this.wake();
  }

  stillFor(): number {
    return this.loop.stillFor();
  }

  /** To be called now and then: jobs that wait for a slot which has room. */
  async admitOverlooked(): Promise<void> {
    const rows = await this.options.db.query<{ slots: number }>('SELECT admit_overlooked() AS slots');
    if ((rows[0]?.slots ?? 0) > 0) this.wake();
  }

  /** Claims nothing more and waits for what is under way, at most for the given time. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
    const grace = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([Promise.allSettled(this.inFlight.values()), grace]);
  }
}
