import { createHash } from 'node:crypto';
import { Refusal } from '../protocol/events';
import { readFunction } from '../protocol/function-checks';
import { concurrencyOf, type FunctionConfig, hearsEnds, urlOf } from '../protocol/function-config';
import { isObject } from '../protocol/json';
import type { Origins } from '../protocol/origins';
import type { Database, Queryable } from '../store/database';
import { planCrons } from './cron-plan';

/** An app's whole set of functions, from either kind of sync. */
export interface Registration {
  appName: string;
  url: string;
  sdk: string;
  framework: string;
  functions: FunctionConfig[];
}

export interface RegistrationResult {
  appId: string;
  modified: boolean;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads a register body or an in-band answer. Throws a Refusal that names each invalid function. */
export function readRegistration(body: unknown): Registration {
  if (!isObject(body) || !Array.isArray(body.functions)) throw new Refusal(400, 'Unable to read the registration');
  const appName = text(body.appName) || text(body.app_id);
  if (!appName || !text(body.url)) throw new Refusal(400, 'the registration has no app name or url');
  const read = body.functions.map(readFunction);
  const problems = read.flatMap((one) => ('problems' in one ? one.problems : []));
  if (problems.length > 0) throw new Refusal(400, `At least one function is invalid: ${problems.join('; ')}`);
  const functions = read.flatMap((one) => ('config' in one ? [one.config] : []));
  if (new Set(functions.map((fn) => fn.id)).size !== functions.length) {
    throw new Refusal(400, 'two functions have the same id');
  }
  return {
    appName,
    url: text(body.url),
    sdk: text(body.sdk) || text(body.sdk_version),
    framework: text(body.framework),
    functions,
  };
}

async function saveApp(tx: Queryable, registration: Registration, checksum: string): Promise<string> {
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO apps (name, url, sdk, framework, checksum) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (name) DO UPDATE SET url = EXCLUDED.url, sdk = EXCLUDED.sdk, framework = EXCLUDED.framework,
       checksum = EXCLUDED.checksum, synced_at = now() RETURNING id`,
    [registration.appName, registration.url, registration.sdk, registration.framework, checksum],
  );
  return rows[0]?.id ?? '';
}

/** The place of the function is kept as the app gave it; which step to run is added to each request. */
async function saveFunction(tx: Queryable, appId: string, config: FunctionConfig): Promise<void> {
  const limits = concurrencyOf(config).map((limit) => (limit.limit > 0 ? limit.limit : null));
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO functions (app_id, slug, url, config, slot_limits, hears_ends) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (slug) DO UPDATE SET app_id = EXCLUDED.app_id, url = EXCLUDED.url, config = EXCLUDED.config,
       slot_limits = EXCLUDED.slot_limits, hears_ends = EXCLUDED.hears_ends, removed_at = NULL, missing_since = NULL RETURNING id`,
    [appId, config.id, urlOf(config), JSON.stringify(config), limits, hearsEnds(config)],
  );
  await planCrons(tx, rows[0]?.id ?? '', config);
}

/**
 * What the app names no more: it may be half deployed, so the function and its work stay for a grace period, in which nothing of it
 * is sent. See removal.ts.
 */
async function noteMissing(tx: Queryable, appId: string, kept: string[]): Promise<void> {
  await tx.query(
    `UPDATE functions SET missing_since = now()
     WHERE app_id = $1 AND removed_at IS NULL AND missing_since IS NULL AND NOT (slug = ANY ($2))`,
    [appId, kept],
  );
}

/** The engine calls configured origins only, so it refuses functions that are served elsewhere. Throws a Refusal. */
function refuseForeign({ url, functions }: Registration, origins: Origins): void {
  const stranger = [url, ...functions.map(urlOf)].find((address) => !origins.has(address));
  if (stranger === undefined) return;
  const origin = URL.canParse(stranger) ? new URL(stranger).origin : stranger;
  throw new Refusal(403, `this engine is not configured for ${origin}; it registers apps at ${origins.text()} only`);
}

/** Replaces the functions of an app. An unchanged list changes nothing. Throws a Refusal when it is not at a configured origin. */
export async function register(
  db: Database,
  registration: Registration,
  origins: Origins,
): Promise<RegistrationResult> {
  refuseForeign(registration, origins);
  const { url, functions } = registration;
  const checksum = createHash('sha256')
    .update(JSON.stringify([url, functions]))
    .digest('hex');
  return db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`sync ${registration.appName}`]);
    const before = await tx.query<{ id: string; checksum: string }>('SELECT id, checksum FROM apps WHERE name = $1', [
      registration.appName,
    ]);
    if (before[0]?.checksum === checksum) {
      await tx.query('UPDATE apps SET synced_at = now() WHERE id = $1', [before[0].id]);
      return { appId: before[0].id, modified: false };
    }
    const appId = await saveApp(tx, registration, checksum);
    for (const config of functions) await saveFunction(tx, appId, config);
    await noteMissing(
      tx,
      appId,
      functions.map((fn) => fn.id),
    );
    // A limit that grew lets waiting jobs through at once.
    await tx.query(`SELECT admit_all(array_agg(DISTINCT waiting_on)) FROM jobs WHERE state = 'waiting'`);
    return { appId, modified: true };
  });
}
