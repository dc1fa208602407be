import { useEffect, useState } from 'react';

/** How long a row counts as just arrived: longer than it takes to be drawn, shorter than it takes to scroll away and back. */
const FRESH_MS = 400;

/**
 * The keys that came into a list that stands: among or above those that were there. What follows the last known one was scrolled to,
 * and a list without any known one is another list.
 */
export function arrivedAmong(before: readonly string[], now: readonly string[]): string[] {
  const known = new Set(before);
  const last = now.findLastIndex((key) => known.has(key));
  return now.slice(0, last + 1).filter((key) => !known.has(key));
}

type Seen = { asked: string; keys: readonly string[]; arrived: ReadonlySet<string> };
const NONE: ReadonlySet<string> = new Set();

/** The rows that arrived by themselves in what was asked for, for as long as that is news. */
export function useArrived(asked: string, keys: readonly string[]): ReadonlySet<string> {
  const [seen, setSeen] = useState<Seen>({ asked, keys, arrived: NONE });
  const isSame = keys.length === seen.keys.length && keys.every((key, at) => key === seen.keys[at]);
  let { arrived } = seen;
  if (asked !== seen.asked || !isSame) {
    arrived = asked === seen.asked ? new Set(arrivedAmong(seen.keys, keys)) : NONE;
    setSeen({ asked, keys, arrived });
  }
  useEffect(() => {
    if (arrived.size === 0) return;
    const timer = setTimeout(() => setSeen((now) => ({ ...now, arrived: NONE })), FRESH_MS);
    return () => clearTimeout(timer);
  }, [arrived]);
  return arrived;
}
