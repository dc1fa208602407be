import type { Logger } from 'pino';
import { Catalog } from './catalog/catalog';
import { AppWatch } from './catalog/pull';
import { Clock } from './clock/clock';
import { prune } from './clock/pruning';
import { carryOutCancellations } from './flow/cancellations';
import { EventIntake } from './http/event-routes';
import { DEFAULTS, type EngineOptions } from './options';
import { newId } from './protocol/ids';
import type { Keys } from './protocol/signature';
import { AppClient } from './queue/app-client';
import { Dispatcher } from './queue/dispatcher';
import { routeInbox } from './queue/inbox';
import { Loop } from './queue/loop';
import type { Database } from './store/database';
import { Notices } from './store/notices';

const PRUNE_EVERY_MS = 60_000;
const OVERLOOKED_EVERY_MS = 10_000;
const GRACE_MS = 8_000;
const APP_RETRY_MS = 1_000;

export function keysOf(options: EngineOptions): Keys {
  return {
    signing: options.signingKey || undefined,
    signingFallback: options.signingKeyFallback || undefined,
    event: (options.eventKey ?? '').split(',').filter((key) => key !== ''),
  };
}

/** The moving parts of one process, and what wakes what: event → inbox → queue → app → queue; the clock beside them. */
export class Engine {
  readonly catalog: Catalog;
  readonly intake: EventIntake;
  private readonly id = newId();
  private readonly app: AppClient;
  private readonly dispatcher: Dispatcher;
  private readonly clock: Clock;
  private readonly router: Loop;
  private readonly notices: Notices;
  readonly watch: AppWatch;
  private readonly intervals: NodeJS.Timeout[] = [];

  constructor(
    private readonly db: Database,
    private readonly options: EngineOptions,
    private readonly log: Logger,
  ) {
    const failed = (what: string) => (error: unknown) => log.warn({ err: error }, `${what} failed`);
    const progress = () => this.progress();
    this.catalog = new Catalog(db);
    this.app = new AppClient(keysOf(options), options.requestMs ?? DEFAULTS.requestMs);
    this.intake = new EventIntake(db, progress);
    this.clock = new Clock({
      db,
      catalog: this.catalog,
      tickMs: options.tickMs ?? DEFAULTS.tickMs,
      onProgress: progress,
      onError: failed('the clock'),
    });
    this.router = new Loop(() => this.route(), failed('routing'));
    this.notices = new Notices(db, options.databaseUrl, this.id, (notice) => this.onNotice(notice));
    this.dispatcher = new Dispatcher({
      db,
      catalog: this.catalog,
      app: this.app,
      log,
      owner: this.id,
      leaseMs: options.leaseMs ?? DEFAULTS.leaseMs,
      workers: options.workers ?? DEFAULTS.workers,
      flatRetryMs: options.retryIntervalMs,
      expectAt: (at) => this.clock.expectAt(at),
      onProgress: progress,
    });
    this.watch = new AppWatch({
      db,
      app: this.app,
      log,
      urls: options.appUrls ?? [],
      everyMs: options.syncMs ?? DEFAULTS.syncMs,
      retryMs: APP_RETRY_MS,
      onModified: () => this.functionsChanged(),
    });
  }

  async start(): Promise<void> {
    await this.catalog.load();
    await this.notices.listen();
    this.watch.start();
    this.every((this.options.leaseMs ?? DEFAULTS.leaseMs) / 3, 'keeping leases', () => this.dispatcher.keepLeases());
    this.every(this.options.tickMs ?? DEFAULTS.tickMs, 'the sweep', () => this.sweep());
    this.every(OVERLOOKED_EVERY_MS, 'looking at the slots again', () => this.dispatcher.admitOverlooked());
    this.every(PRUNE_EVERY_MS, 'pruning', () =>
      prune(this.db, this.options.retentionSeconds ?? DEFAULTS.retentionSeconds),
    );
    this.clock.wake();
    this.wakeAll();
  }

  /** New work of this process: go on here, and tell the others. */
  progress(): void {
    this.wakeAll();
    this.notices.work();
  }

  /** Functions were registered: everybody reads them again. */
  async functionsChanged(): Promise<void> {
    await this.catalog.load();
    await this.notices.send('catalog');
    this.clock.wake();
    this.progress();
  }

  private wakeAll(): void {
    this.router.wake();
    this.dispatcher.wake();
  }

  private onNotice(notice: 'work' | 'catalog'): void {
    if (notice === 'work') this.wakeAll();
    else
      void this.catalog.load().then(
        () => this.wakeAll(),
        () => undefined,
      );
  }

  private async route(): Promise<void> {
    const failed = (error: unknown) => this.log.warn({ err: error }, 'routing events failed');
    await routeInbox(
      this.db,
      this.catalog,
      (runs) => {
        this.dispatcher.wake();
        // Batches, debounces, throttles and later starts are known to the database only: have the clock look.
        if (runs.length === 0 || runs.some((run) => run.due_at || run.throttle || run.start_within)) this.clock.wake();
      },
      failed,
    );
  }

  private async sweep(): Promise<void> {
    await this.catalog.refresh();
    await carryOutCancellations(this.db);
    this.wakeAll();
  }

  private every(pauseMs: number, what: string, work: () => Promise<void>): void {
    const timer = setInterval(() => {
      work().catch((error: unknown) => this.log.warn({ err: error }, `${what} failed`));
    }, pauseMs);
    this.intervals.push(timer);
  }

  /** Claims nothing more, lets requests under way finish for a few seconds, then lets go of the database. */
  async stop(graceMs = GRACE_MS): Promise<void> {
    this.watch.stop();
    await Promise.all([this.router.stop(), this.clock.stop(), this.dispatcher.stop(graceMs)]);
    for (const timer of this.intervals) clearInterval(timer);
    await this.notices.stop();
    this.app.close();
  }
}
