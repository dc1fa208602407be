import { findBroken } from '@/server/modules/core/integrity/queries';
import type { Invariant } from '@/server/modules/core/integrity/schema';
import { names } from './bare-rows';

/** Names of what breaks an invariant: of the last day, or of all times. */
export async function broken(invariant: Invariant, hours: number | null = 24): Promise<string[]> {
  const found = await findBroken(invariant, { hours, limit: 100, withinMs: 3_000 });
  return found.map(({ id }) => names.get(id) ?? id).sort();
}
