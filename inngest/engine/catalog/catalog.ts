import { type FunctionConfig, maxAttemptsOf, type Trigger, wildcardPrefix } from '../protocol/function-config';
import type { Queryable } from '../store/database';

/** A function the engine can start. */
export interface KnownFunction {
  id: string;
  slug: string;
  url: string;
  appId: string;
  config: FunctionConfig;
  maxAttempts: number;
  /** Its app names it no more, and may do so again: what starts it waits, and nothing of it is sent. */
  missing: boolean;
}

interface Row {
  id: string;
  slug: string;
  url: string;
  app_id: string;
  config: FunctionConfig;
  missing: boolean;
}

function known(row: Row): KnownFunction {
  return {
    id: row.id,
    slug: row.slug,
    url: row.url,
    appId: row.app_id,
    config: row.config,
    maxAttempts: maxAttemptsOf(row.config),
    missing: row.missing,
  };
}

export interface TriggerMatch {
  fn: KnownFunction;
  trigger: Trigger;
}

/** Every registered function, held in memory and read again after each sync. */
export class Catalog {
  private byId = new Map<string, KnownFunction>();
  private bySlug = new Map<string, KnownFunction>();
  private byEvent = new Map<string, TriggerMatch[]>();
  private wildcards: (TriggerMatch & { prefix: string })[] = [];
  private cancelling = new Set<string>();
  /** Whether any app has ever registered. Until then events wait to be routed. */
  hasApps = false;
  private version = '';

  constructor(private readonly db: Queryable) {}

  /** Reads the functions again if any app has registered others since, here or in another process. */
  async refresh(): Promise<void> {
    if ((await this.currentVersion()) !== this.version) await this.load();
  }

  private async currentVersion(): Promise<string> {
    const rows = await this.db.query<{ version: string | null }>(
      `SELECT string_agg(checksum, ',' ORDER BY name) AS version FROM apps`,
    );
    return rows[0]?.version ?? '';
  }

  async load(): Promise<void> {
    const version = await this.currentVersion();
    const rows = await this.db.query<Row>(
      `SELECT id, slug, url, app_id, config, missing_since IS NOT NULL AS missing FROM functions
       WHERE removed_at IS NULL ORDER BY slug`,
    );
    this.hasApps = version !== '';
    this.version = version;
    const functions = rows.map(known);
    this.byId = new Map(functions.map((fn) => [fn.id, fn]));
    this.bySlug = new Map(functions.map((fn) => [fn.slug, fn]));
    this.cancelling = new Set(functions.flatMap((fn) => (fn.config.cancel ?? []).map((rule) => rule.event)));
    this.indexTriggers(functions);
  }

  private indexTriggers(functions: KnownFunction[]): void {
    const byEvent = new Map<string, TriggerMatch[]>();
    const wildcards: typeof this.wildcards = [];
    for (const fn of functions) {
      for (const trigger of fn.config.triggers) {
        if (!trigger.event) continue;
        const prefix = wildcardPrefix(trigger.event);
        if (prefix !== undefined) wildcards.push({ fn, trigger, prefix });
        else byEvent.set(trigger.event, [...(byEvent.get(trigger.event) ?? []), { fn, trigger }]);
      }
    }
    this.byEvent = byEvent;
    this.wildcards = wildcards;
  }

  get(id: string): KnownFunction | undefined {
    return this.byId.get(id);
  }

  find(slug: string): KnownFunction | undefined {
    return this.bySlug.get(slug);
  }

  /** What the apps name at present. */
  all(): KnownFunction[] {
    return [...this.byId.values()].filter((fn) => !fn.missing);
  }

  ids(): string[] {
    return this.all().map((fn) => fn.id);
  }

  triggersFor(eventName: string): TriggerMatch[] {
    const matching = this.wildcards.filter(({ prefix }) => eventName.startsWith(prefix));
    return [...(this.byEvent.get(eventName) ?? []), ...matching];
  }

  /** Whether an event of this name may cancel runs. */
  mayCancel(eventName: string): boolean {
    return this.cancelling.has(eventName);
  }

  cancellingNames(): string[] {
    return [...this.cancelling];
  }
}
