import { parseArgs } from 'node:util';
import { parseDuration } from './protocol/durations';

/** Everything that can be set about an engine. Spans are in milliseconds unless the name says otherwise. */
export interface EngineOptions {
  databaseUrl: string;
  host?: string;
  /** 0 takes any free port. */
  port?: number;
  /** Serve URLs of the apps whose functions are pulled. The engine speaks to no other origin than theirs. */
  appUrls?: string[];
  /** Further origins (`http://host:port`) whose apps may register by themselves and are then called. */
  appOrigins?: Iterable<string>;
  signingKey?: string | undefined;
  signingKeyFallback?: string | undefined;
  /** Accepted event keys; several are separated by commas. */
  eventKey?: string | undefined;
  /** A flat pause before each retry, instead of the official server's growing one. */
  retryIntervalMs?: number | undefined;
  /** The longest time after which work of other processes and expired leases are noticed. */
  tickMs?: number;
  /** How long a request belongs to this process without a renewal; after that its work is taken over. */
  leaseMs?: number;
  /** Most requests to apps under way at once. */
  workers?: number;
  /** Most bytes of memoized state that are on their way to apps at once; further large requests wait for their turn. */
  bytesInFlight?: number;
  /** How long a function that its app names no more is kept with all its work, should it come back. */
  missingMs?: number;
  /** How long finished runs are kept. */
  retentionSeconds?: number;
  /** Pause between two syncs of an app that answers. */
  syncMs?: number;
  /** The longest a request to an app may take. */
  requestMs?: number;
  logLevel?: string;
}

export const DEFAULTS = {
  host: '127.0.0.1',
  port: 8288,
  tickMs: 1_000,
  leaseMs: 6_000,
  workers: 100,
  bytesInFlight: 48 * 1_024 * 1_024,
  missingMs: 5 * 60_000,
  retentionSeconds: 7 * 86_400,
  syncMs: 30_000,
  requestMs: 2 * 3_600_000,
  logLevel: 'info',
} as const;

/** A wrong setting: the message is all that the operator needs. */
export class SettingError extends Error {}

const FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'database-url': { type: 'string' },
  'app-url': { type: 'string', multiple: true },
  'app-origin': { type: 'string', multiple: true },
  'signing-key': { type: 'string' },
  'event-key': { type: 'string' },
  'retry-interval': { type: 'string' },
  tick: { type: 'string' },
  lease: { type: 'string' },
  workers: { type: 'string' },
  'missing-grace': { type: 'string' },
  retention: { type: 'string' },
  'sync-interval': { type: 'string' },
  'request-timeout': { type: 'string' },
  'log-level': { type: 'string' },
} as const;

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new SettingError(`${name} must be a whole number from ${least}, not "${text}"`);
  return value;
}

/** `10s`, `7d`, or a bare number of the given unit. */
function span(name: string, text: string | undefined, unit: string): number | undefined {
  if (text === undefined || text === '') return undefined;
  const millis = parseDuration(/^\d+(\.\d+)?$/.test(text) ? `${text}${unit}` : text);
  if (millis === undefined) throw new SettingError(`${name} must be a duration such as 10s, not "${text}"`);
  return millis;
}

function addresses(name: string, texts: string[]): string[] {
  const urls = texts.flatMap((text) => text.split(',')).filter((text) => text !== '');
  for (const url of urls)
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new SettingError(`${name} is not a URL: ${url}`);
  return urls;
}

function parseFlags(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS }).values;
  } catch (error) {
    throw new SettingError(error instanceof Error ? error.message : String(error));
  }
}

/** Options from flags and environment; flags win. Throws a SettingError. */
export function readOptions(args: string[], env: Record<string, string | undefined>): EngineOptions {
  const flags = parseFlags(args);
  const databaseUrl = flags['database-url'] ?? env.ENGINE_DATABASE_URL ?? env.DATABASE_URL;
  if (!databaseUrl) throw new SettingError('ENGINE_DATABASE_URL is not set');
  const signingKey = flags['signing-key'] ?? env.INNGEST_SIGNING_KEY;
  if (signingKey && !/^(signkey-\w+-)?([0-9a-f]{2})+$/i.test(signingKey)) {
    throw new SettingError('INNGEST_SIGNING_KEY must be hexadecimal with an even number of digits after its prefix');
  }
  const retention = span('retention', flags.retention ?? env.ENGINE_RETENTION, 's');
  return {
    databaseUrl,
    host: flags.host ?? env.ENGINE_HOST ?? DEFAULTS.host,
    port: wholeNumber('port', flags.port ?? env.ENGINE_PORT, 0) ?? DEFAULTS.port,
    appUrls: addresses('app-url', flags['app-url'] ?? [env.ENGINE_APP_URL ?? '']),
    appOrigins: addresses('app-origin', flags['app-origin'] ?? [env.ENGINE_APP_ORIGIN ?? '']),
    signingKey,
    signingKeyFallback: env.INNGEST_SIGNING_KEY_FALLBACK,
    eventKey: flags['event-key'] ?? env.INNGEST_EVENT_KEY,
    retryIntervalMs: span('retry-interval', flags['retry-interval'] ?? env.ENGINE_RETRY_INTERVAL, 's'),
    tickMs: span('tick', flags.tick ?? env.ENGINE_TICK, 'ms') ?? DEFAULTS.tickMs,
    leaseMs: span('lease', flags.lease ?? env.ENGINE_LEASE, 's') ?? DEFAULTS.leaseMs,
    workers: wholeNumber('workers', flags.workers ?? env.ENGINE_WORKERS, 1) ?? DEFAULTS.workers,
    missingMs: span('missing-grace', flags['missing-grace'] ?? env.ENGINE_MISSING_GRACE, 's') ?? DEFAULTS.missingMs,
    retentionSeconds: retention === undefined ? DEFAULTS.retentionSeconds : retention / 1_000,
    syncMs: span('sync-interval', flags['sync-interval'] ?? env.ENGINE_SYNC_INTERVAL, 's') ?? DEFAULTS.syncMs,
    requestMs:
      span('request-timeout', flags['request-timeout'] ?? env.ENGINE_REQUEST_TIMEOUT, 's') ?? DEFAULTS.requestMs,
    logLevel: flags['log-level'] ?? env.ENGINE_LOG_LEVEL ?? DEFAULTS.logLevel,
  };
}
