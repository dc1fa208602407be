const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/gy;

/** Milliseconds of `10s`, `1h30m`, `7d`; undefined when the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  const compact = text.trim();
  if (!WHOLE.test(compact)) return undefined;
  let total = 0;
  for (const [, amount, unit] of compact.matchAll(PART)) total += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
  return total;
}

const YEAR_DAYS = 366;
const LONGEST_MS = YEAR_DAYS * 86_400_000;

/** A date begins with a whole one: `Date.parse` would also find one in `5`. */
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ].+)?$/;

function millisOf(text: string, now: number): number {
  const span = parseDuration(text);
  if (span !== undefined) return now + span;
  return DATE.test(text) ? Date.parse(text) : Number.NaN;
}

/** The moment a duration or an ISO date names, never more than 366 days ahead; undefined when it is neither. */
export function momentOf(text: string, now = Date.now()): Date | undefined {
  const at = millisOf(text, now);
  return Number.isNaN(at) ? undefined : new Date(Math.min(at, now + LONGEST_MS));
}

/** Whether a duration or an ISO date ends more than 366 days ahead. */
export function isTooFar(text: string, now = Date.now()): boolean {
  return millisOf(text, now) > now + LONGEST_MS;
}
