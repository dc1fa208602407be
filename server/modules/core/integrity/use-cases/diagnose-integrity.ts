import { findMissingEffects } from '@/server/modules/core/operations/public/find-missing-effects';
import { logger } from '@/server/platform/logger';
import { type Broken, findBroken, lookedForBySql } from '../queries';
import type { Diagnosis, Finding, Invariant } from '../schema';
import { findBrokenFiles } from './find-broken-files';

const COUNTED = 1_000;
const EXAMPLES = 10;
const WITHIN_MS = 20_000;
const MOST = { runs: 2_000, files: 1_000 };
const ALL = Number.MAX_SAFE_INTEGER;
/** The trail of all runs is read from the outbox, which keeps a month of it. */
const ALL_RUNS = 50_000;

type Looked = [invariant: Invariant, broken: Broken[] | null];

/** A check that could not run is reported as such, not as passed. */
async function attempt(invariants: Invariant[], look: () => Promise<Broken[][]>): Promise<Looked[]> {
  try {
    const found = await look();
    return invariants.map((invariant, place) => [invariant, found[place] ?? []]);
  } catch (err) {
    logger('integrity').warn({ err, invariants }, 'an invariant could not be looked for');
    return invariants.map((invariant) => [invariant, null]);
  }
}

function asFinding(invariant: Invariant, broken: Broken[]): Finding {
  const moments = broken.flatMap(({ at }) => (at ? [at.getTime()] : []));
  return {
    invariant,
    count: Math.min(broken.length, COUNTED),
    more: broken.length > COUNTED,
    since: moments.length > 0 ? new Date(Math.min(...moments)) : null,
    examples: broken.slice(0, EXAMPLES).map(({ id }) => id),
  };
}

/**
 * Looks for everything that must not be: claims that nobody works on, effects that did not follow, sums and ledgers that differ,
 * files that are gone. What is open is found however old it is; what has ended is looked at for the last `hours`, or as a whole
 * where that is null. One look after the other, so that a large business has its database for itself.
 */
export async function diagnoseIntegrity({ hours }: { hours: number | null }): Promise<Diagnosis> {
  const at = new Date();
  const looked: Looked[] = [];
  const withinMs = hours === null ? WITHIN_MS * 15 : WITHIN_MS;
  for (const invariant of lookedForBySql) {
    looked.push(
      ...(await attempt([invariant], async () => [
        await findBroken(invariant, { hours, limit: COUNTED + 1, withinMs }),
      ])),
    );
  }
  looked.push(
    ...(await attempt(['effects-missing'], async () => [
      await findMissingEffects({ hours, most: hours === null ? ALL_RUNS : MOST.runs }),
    ])),
    ...(await attempt(['files-missing', 'files-differ'], async () => {
      const { missing, different } = await findBrokenFiles({ hours, most: hours === null ? ALL : MOST.files });
      return [missing, different];
    })),
  );
  const findings = looked.flatMap(([invariant, broken]) => (broken?.length ? [asFinding(invariant, broken)] : []));
  const unchecked = looked.flatMap(([invariant, broken]) => (broken === null ? [invariant] : []));
  return { ok: findings.length === 0 && unchecked.length === 0, at, hours, findings, unchecked };
}
