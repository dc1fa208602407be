/** What went wrong with the form before, as the address says it; anything else in the address is nothing. */
export type GateProblem = { kind: 'wrong_code' | 'unavailable' } | { kind: 'too_many_tries'; seconds: number } | null;

export function problemOf(problem: string | undefined, seconds: string | undefined): GateProblem {
  if (problem === undefined) return null;
  if (problem === 'wrong_code') return { kind: 'wrong_code' };
  if (problem !== 'too_many_tries') return { kind: 'unavailable' };
  const wait = Number(seconds);
  return { kind: 'too_many_tries', seconds: Number.isInteger(wait) && wait > 0 && wait <= 86_400 ? wait : 60 };
}

/** A wait as people say it: seconds up to two minutes, minutes up to two hours, then hours, rounded up. */
export function waitParts(seconds: number): { unit: 'seconds' | 'minutes' | 'hours'; count: number } {
  if (seconds < 120) return { unit: 'seconds', count: seconds };
  if (seconds < 7_200) return { unit: 'minutes', count: Math.ceil(seconds / 60) };
  return { unit: 'hours', count: Math.ceil(seconds / 3_600) };
}
