import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { db, pool, sql } from './db';
import { PortalError } from './errors';

/** Limits are counted in PostgreSQL, so that every process of the portal counts together. */
const LIMITS = {
  // Who guesses is stopped where they are; the owner elsewhere notices nothing.
  'sign-in-pair': { points: 10, duration: 300 },
  'sign-in-address': { points: 60, duration: 300 },
  // Far above: guesses from hundreds of addresses at one account.
  'sign-in-account': { points: 1000, duration: 3600 },
  // A browser from which this account was signed in before, wherever it is, whatever its neighbours do.
  'sign-in-browser': { points: 10, duration: 300 },
  'password-change': { points: 10, duration: 300 },
  // What opens nothing, an address; what opens, an address and link: who guesses shuts no neighbour out.
  'gate-guess': { points: 120, duration: 60 },
  'gate-visit': { points: 120, duration: 60 },
  'seal-guess': { points: 120, duration: 60 },
  'seal-visit': { points: 120, duration: 60 },
} as const;

export type LimitName = keyof typeof LIMITS;

const limiters = new Map<LimitName, RateLimiterPostgres>();

function limiter(name: LimitName): RateLimiterPostgres {
  const existing = limiters.get(name);
  if (existing) return existing;
  const made = new RateLimiterPostgres({
    storeClient: pool(),
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    ...LIMITS[name],
  });
  limiters.set(name, made);
  return made;
}

/** Takes one turn of a limit. Throws `limited` with the seconds to wait once there are none left. Keys are hashes or ids. */
export async function consumeAttempt(name: LimitName, key: string): Promise<void> {
  try {
    await limiter(name).consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    throw new PortalError('limited', 'too_many_tries', { params: { seconds } });
  }
}

/** Removes the counters of windows that are over, at most `most`; answers how many. */
export const pruneAttempts = (most: number): Promise<number> =>
  db().$executeRaw(sql`
    DELETE FROM rate_limit WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM rate_limit WHERE expire < extract(epoch FROM now()) * 1000 LIMIT ${most}::int))`);

/** Gives one turn back: what took it was no try. */
export const returnAttempt = async (name: LimitName, key: string): Promise<void> => {
  await limiter(name).reward(key);
};

/** Gives the turns of a key back, after it has shown to be honest. */
export const clearAttempts = async (name: LimitName, key: string): Promise<void> => {
  await limiter(name).delete(key);
};
