import type { Logger } from 'pino';
import { Refusal } from '../protocol/events';
import type { AppClient } from '../queue/app-client';
import { jsonBody } from '../queue/body';
import type { Database } from '../store/database';
import { readRegistration, register } from './registration';

const TIMEOUT_MS = 15_000;

/** Asks an app for its functions and registers them. Rejects when the app is away, refuses or answers nonsense. */
export async function pullFunctions(db: Database, app: AppClient, url: string): Promise<boolean> {
  const response = await app.send({
    method: 'PUT',
    url,
    body: jsonBody({ url }),
    headers: { 'x-inngest-sync-kind': 'in_band' },
    timeoutMs: TIMEOUT_MS,
  });
  if (response.status !== 200) throw new Refusal(response.status, `the app answered ${response.status} to the sync`);
  // An app that does not allow in-band sync has registered by itself, out of band.
  if (response.headers['x-inngest-sync-kind'] !== 'in_band') return false;
  const registration = readRegistration(JSON.parse(response.body));
  return (await register(db, { ...registration, url }, app.origins)).modified;
}

export interface PullOptions {
  db: Database;
  app: AppClient;
  log: Logger;
  urls: string[];
  /** Milliseconds between two pulls of an app that answers, and of one that does not. */
  everyMs: number;
  retryMs: number;
  onModified: () => Promise<void>;
}

/** Keeps the functions of each app current: at start, when it comes back, and from time to time. */
export class AppWatch {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly silent = new Map<string, string>();
  private stopped = false;

  constructor(private readonly options: PullOptions) {}

  start(): void {
    for (const url of this.options.urls) void this.pull(url);
  }

  private async pull(url: string): Promise<void> {
    const { db, app, log, everyMs, retryMs, onModified } = this.options;
    let pause = everyMs;
    try {
      if (await pullFunctions(db, app, url)) {
        log.info({ url }, 'functions synced');
        await onModified();
      }
      this.silent.delete(url);
    } catch (error) {
      pause = retryMs;
      const message = error instanceof Error ? error.message || String(error) : String(error);
      if (!this.silent.has(url))
        log.warn({ url, reason: message }, 'the app cannot be synced; trying again until it answers');
      this.silent.set(url, message);
    }
    if (!this.stopped)
      this.timers.set(
        url,
        setTimeout(() => void this.pull(url), pause),
      );
  }

  /** Apps that could not be synced at the last try, with the reason. */
  problems(): ReadonlyMap<string, string> {
    return this.silent;
  }

  stop(): void {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
  }
}
