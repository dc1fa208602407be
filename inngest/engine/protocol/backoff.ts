const SCHEDULE_S = [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200];
const JITTER_MS = 30_000;
const SHORTEST_MS = 1_000;
const LONGEST_MS = 24 * 3_600_000;
const LONGEST_SECONDS_TEXT = 7;

/** The longest a `retry-after` in seconds can be written; anything longer is a date. */
function parseRetryAfter(header: string, now: number): number | undefined {
  const delay = header.length <= LONGEST_SECONDS_TEXT ? Number(header) * 1_000 : Date.parse(header) - now;
  if (Number.isNaN(delay)) return undefined;
  return Math.min(Math.max(delay, SHORTEST_MS), LONGEST_MS);
}

/**
 * Milliseconds until the next attempt.
 * @param attempt zero for the first attempt, which has just failed
 * @param flatMs the same pause each time, when the operator asked for it
 */
export function retryDelay(attempt: number, retryAfter: string | undefined, flatMs: number | undefined): number {
  const asked = retryAfter ? parseRetryAfter(retryAfter, Date.now()) : undefined;
  if (asked !== undefined) return Math.round(asked);
  if (flatMs !== undefined) return flatMs;
  const seconds = SCHEDULE_S[Math.min(attempt, SCHEDULE_S.length - 1)] ?? 0;
  return Math.round(seconds * 1_000 + Math.random() * JITTER_MS);
}
