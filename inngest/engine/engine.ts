import type { Logger } from 'pino';
import { Catalog } from './catalog/catalog';
import { AppWatch } from './catalog/pull';
import { endMissing } from './catalog/removal';
import { Clock } from './clock/clock';
import { Interval } from './clock/interval';
import { prune } from './clock/pruning';
import { carryOutCancellations } from './flow/cancellations';
import { EventIntake } from './http/event-routes';
import { DEFAULTS, type EngineOptions } from './options';
import { newId } from './protocol/ids';
import type { Keys } from './protocol/signature';
import { AppClient, originsOf } from './queue/app-client';
import { Dispatcher } from './queue/dispatcher';
import { routeInbox } from './queue/inbox';
import { Loop } from './queue/loop';
import type { Database } from './store/database';
import { type EngineLease, leave, stay } from './store/engine-lease';
import { Notifier } from './store/notifier';
import { VERSION } from './store/schema';

const PRUNE_EVERY_MS = 60_000;
const OVERLOOKED_EVERY_MS = 10_000;
const GRACE_MS = 8_000;
const APP_RETRY_MS = 1_000;
/** An event that may cancel looks again so soon whether those before it are through. */
const DELAYED_MS = 20;
/** Longer than any statement may take: what stands still for so long does not go on by itself. */
const STILL_MS = 60_000;
/** Leases are renewed so many times as often as they last. */
const RENEWALS = 3;
const SHORTEST_WORD_MS = 10_000;

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
  readonly lease: EngineLease;
  readonly watch: AppWatch;
  private readonly app: AppClient;
  private readonly dispatcher: Dispatcher;
  private readonly clock: Clock;
  private readonly router: Loop;
  private readonly notifier: Notifier;
  private readonly intervals: Interval[];
  private readonly leaseMs: number;
  private superseded = false;

  /** @param onSuperseded called once when another version has taken the database over: this one must work no more */
  constructor(
    private readonly db: Database,
    private readonly options: EngineOptions,
    private readonly log: Logger,
    private readonly onSuperseded: () => void,
  ) {
    const progress = () => this.progress();
    this.leaseMs = options.leaseMs ?? DEFAULTS.leaseMs;
    this.lease = { id: newId(), leaseMs: Math.max(this.leaseMs * 2, SHORTEST_WORD_MS) };
    this.catalog = new Catalog(db);
    this.app = new AppClient(keysOf(options), originsOf(options), options.requestMs ?? DEFAULTS.requestMs);
    this.intake = new EventIntake(db, progress);
    this.clock = new Clock({
      db,
      catalog: this.catalog,
      tickMs: options.tickMs ?? DEFAULTS.tickMs,
      onProgress: progress,
      onError: (error) => log.warn({ err: error }, 'the clock failed'),
    });
    this.router = new Loop(
      () => this.route(),
      (error) => log.warn({ err: error }, 'routing failed'),
    );
    this.notifier = new Notifier(db, options.databaseUrl, this.lease.id, (notification) =>
      this.onNotification(notification),
    );
    this.dispatcher = new Dispatcher({
      db,
      catalog: this.catalog,
      app: this.app,
      log,
      owner: this.lease.id,
      leaseMs: this.leaseMs,
      workers: options.workers ?? DEFAULTS.workers,
      bytesInFlight: options.bytesInFlight ?? DEFAULTS.bytesInFlight,
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
    this.intervals = this.intervalsOf();
  }

  private intervalsOf(): Interval[] {
    const { options, log, dispatcher, leaseMs } = this;
    const every = (pauseMs: number, what: string, work: () => Promise<void>) =>
      new Interval(what, pauseMs, work, (error) => log.warn({ err: error }, `${what} failed`));
    const retention = options.retentionSeconds ?? DEFAULTS.retentionSeconds;
    return [
      every(leaseMs / RENEWALS, 'extending leases', () => dispatcher.extendLeases()),
      every(this.lease.leaseMs / RENEWALS / 2, 'renewing the lease', () => this.renewLease()),
      every(leaseMs / RENEWALS, 'taking over', () => dispatcher.takeOver()),
      every(options.tickMs ?? DEFAULTS.tickMs, 'the sweep', () => this.sweep()),
      every(OVERLOOKED_EVERY_MS, 'looking at the slots again', () => dispatcher.admitOverlooked()),
      every(PRUNE_EVERY_MS, 'pruning', () => prune(this.db, retention)),
    ];
  }

  /** Reads what is registered. May be repeated. */
  async prepare(): Promise<void> {
    await this.catalog.load();
    await this.notifier.listen();
  }

  begin(): void {
    this.watch.start();
    for (const interval of this.intervals) interval.start();
    this.clock.wake();
    this.wakeAll();
  }

  /** What stands still though it should not, in words; undefined when all is well. */
  trouble(): string | undefined {
    if (this.superseded) return 'another version has taken the database over';
    const still = [
      ['routing', this.router.stillFor()] as const,
      ['claiming', this.dispatcher.stillFor()] as const,
      ['the clock', this.clock.stillFor()] as const,
      ...this.intervals.slice(0, 1).map((interval) => [interval.what, interval.stillFor()] as const),
    ].find(([, ms]) => ms > STILL_MS);
    return still && `${still[0]} has stood still for ${Math.round(still[1] / 1_000)} s`;
  }

  /** New work of this process: go on here, and notify the others. */
  progress(): void {
    this.wakeAll();
    this.notifier.work();
  }

  /** Functions were registered: everybody reads them again. */
  async functionsChanged(): Promise<void> {
    await this.catalog.load();
    await this.notifier.send('catalog');
    this.clock.wake();
    this.progress();
  }

  private wakeAll(): void {
    this.router.wake();
    this.dispatcher.wake();
  }

  private onNotification(notification: 'work' | 'catalog'): void {
    if (notification === 'work') this.wakeAll();
    else
      void this.catalog.load().then(
        () => this.wakeAll(),
        () => undefined,
      );
  }

  private async route(): Promise<void> {
    const delayed = await routeInbox(this.db, this.catalog, {
      onRouted: (runs) => {
        this.router.moved();
        this.dispatcher.wake();
        // Batches, debounces, throttles and later starts are known to the database only: have the clock look.
        if (runs.length === 0 || runs.some((run) => run.due_at || run.throttle || run.start_within)) this.clock.wake();
      },
      onError: (error) => this.log.warn({ err: error }, 'routing events failed'),
    });
    if (delayed) setTimeout(() => this.router.wake(), DELAYED_MS).unref();
  }

  private async sweep(): Promise<void> {
    await this.catalog.refresh();
    await carryOutCancellations(this.db);
    if (await endMissing(this.db, this.options.missingMs ?? DEFAULTS.missingMs)) await this.functionsChanged();
    this.wakeAll();
  }

  private async renewLease(): Promise<void> {
    if (this.superseded || (await stay(this.db.reserve, this.lease, VERSION))) return;
    this.superseded = true;
    this.log.error('another version has taken the database over: this engine has stopped');
    this.onSuperseded();
  }

  /** Claims nothing more, lets requests under way finish for a few seconds, then closes the database. */
  async stop(graceMs = GRACE_MS): Promise<void> {
    this.watch.stop();
    await Promise.all([this.router.stop(), this.clock.stop(), this.dispatcher.stop(graceMs)]);
    await Promise.all(this.intervals.map((interval) => interval.stop()));
    await this.notifier.stop();
    this.app.close();
    await leave(this.db.reserve, this.lease).catch(() => undefined);
  }
}
