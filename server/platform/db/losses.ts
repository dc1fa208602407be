// One for the process: what stands before the application and the application are bundles of their own.
const kept = globalThis as unknown as { portalLostAt?: number };

const LATELY_MS = 5_000;

/** A connection to the database broke, or none was to be had. */
export function noteLoss(): void {
  kept.portalLostAt = Date.now();
}

/** Whether that was just now: what failed meanwhile failed of it. */
export const wasLostLately = (): boolean => Date.now() - (kept.portalLostAt ?? 0) < LATELY_MS;
