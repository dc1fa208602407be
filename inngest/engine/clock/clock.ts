import type { Catalog } from '../catalog/catalog';
import { closeDueBatches } from '../flow/batches';
import { closeDueDebounces } from '../flow/debounces';
import { Loop } from '../queue/loop';
import type { Database } from '../store/database';
import { fireCrons } from './crons';

export interface ClockOptions {
  db: Database;
  catalog: Catalog;
  /** The longest pause between two looks, in milliseconds. Events of other processes are seen this late at worst. */
  tickMs: number;
  onProgress: () => void;
  onError: (error: unknown) => void;
}

interface Due {
  jobs: number | null;
  timers: number | null;
  batches: number | null;
  debounces: number | null;
  crons: number | null;
}

const SET_SIZE = 200;
const MILLIS_UNTIL = (column: string) => `extract(epoch FROM min(${column}) - clock_timestamp())::float8 * 1000`;

/** Fires whatever has its time: retries, sleeps, timeouts, batches, debounces, crons. Sleeps exactly until the next one. */
export class Clock {
  private readonly loop: Loop;
  private timer: NodeJS.Timeout | undefined;
  private nextAt = 0;
  private stopped = false;

  constructor(private readonly options: ClockOptions) {
    this.loop = new Loop(() => this.pass(), options.onError);
  }

  /** Look now. */
  wake(): void {
    this.loop.wake();
  }

  stillFor(): number {
    return this.loop.stillFor();
  }

  /** Something is due at this moment (milliseconds of Date.now). */
  expectAt(at: number): void {
    if (at < this.nextAt) this.sleepUntil(at);
  }

  private sleepUntil(at: number): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.nextAt = at;
    this.timer = setTimeout(() => this.wake(), Math.max(0, at - Date.now()));
  }

  private async dueTimes(): Promise<Due> {
    const rows = await this.options.db.query<Due>(
      `SELECT (SELECT ${MILLIS_UNTIL('due_at')} FROM jobs WHERE state = 'delayed') AS jobs,
         (SELECT ${MILLIS_UNTIL('due_at')} FROM timers) AS timers,
         (SELECT ${MILLIS_UNTIL('fire_at')} FROM batches) AS batches,
         (SELECT ${MILLIS_UNTIL('fire_at')} FROM debounces) AS debounces,
         (SELECT ${MILLIS_UNTIL('fire_at')} FROM crons) AS crons`,
    );
    return rows[0] ?? { jobs: null, timers: null, batches: null, debounces: null, crons: null };
  }

  private async pass(): Promise<void> {
    const { db, catalog, tickMs, onProgress } = this.options;
    this.sleepUntil(Date.now() + tickMs);
    for (;;) {
      this.loop.moved();
      const due = await this.dueTimes();
      const isDue = (millis: number | null) => millis !== null && millis <= 0;
      let fired = 0;
      if (isDue(due.timers)) fired += await this.call('fire_timers');
      if (isDue(due.jobs)) fired += await this.call('release_due');
      if (isDue(due.crons)) fired += await fireCrons(db, catalog, SET_SIZE);
      if (isDue(due.batches)) fired += await db.transaction((tx) => closeDueBatches(tx, catalog, SET_SIZE));
      if (isDue(due.debounces)) fired += await db.transaction((tx) => closeDueDebounces(tx, catalog, SET_SIZE));
      if (fired > 0) onProgress();
      const waits = Object.values(due).filter((millis): millis is number => millis !== null && millis > 0);
      this.expectAt(Date.now() + Math.min(tickMs, ...waits));
      if (fired === 0) return;
    }
  }

  private async call(name: 'fire_timers' | 'release_due'): Promise<number> {
    const rows = await this.options.db.query<{ fired: number }>(`SELECT ${name}($1) AS fired`, [SET_SIZE]);
    return rows[0]?.fired ?? 0;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.loop.stop();
    clearTimeout(this.timer);
  }
}
