import { indexable } from './indexable';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a member path, own properties only; undefined when any part is missing. */
export function lookUp(scope: unknown, path: readonly string[]): unknown {
  let value = scope;
  for (const key of path) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** A member by any name, also one that means something else to an object. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

function fill(target: Record<string, unknown>, path: readonly string[]): void {
  let here = target;
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(here, key) ? here[key] : undefined;
    if (next !== undefined && next !== null && !isRecord(next)) return;
    const copy = { ...next };
    setOwn(here, key, copy);
    here = copy;
  }
  const last = path.at(-1);
  if (last !== undefined && !Object.hasOwn(here, last)) setOwn(here, last, null);
}

/** The same values with null wherever one of the paths leads nowhere. The originals are not touched. */
export function withMissingAsNull(scope: Record<string, unknown>, paths: string[][]): Record<string, unknown> {
  const missing = paths.filter((path) => lookUp(scope, path) === undefined);
  if (missing.length === 0) return scope;
  const filled = { ...scope };
  // Longer paths first, so that a path through a missing member finds an object there.
  for (const path of missing.sort((a, b) => b.length - a.length)) fill(filled, path);
  return filled;
}

/** The same values for a reader that looks at `constructor` to know an object: one with a member of that name becomes a map. */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (!isRecord(value)) return value;
  const members = Object.entries(value).map(([key, part]): [string, unknown] => [key, readable(part)]);
  return Object.hasOwn(value, 'constructor') ? new Map(members) : Object.fromEntries(members);
}

const MOST_LEAVES = 300;

/** A text value and its place, as waits are found by it. */
export function leafOf(path: string, value: string): string {
  return indexable(`${path}=${JSON.stringify(value)}`);
}

/**
 * Every text value of an event as `path=json`, to look up waits by; undefined when there are too many to list.
 */
export function leavesOf(event: unknown): string[] | undefined {
  const leaves: string[] = [];
  const walk = (value: unknown, path: string): boolean => {
    if (typeof value === 'string') leaves.push(leafOf(path, value));
    if (!isRecord(value)) return true;
    return (
      leaves.length < MOST_LEAVES &&
      Object.entries(value).every(([key, part]) => walk(part, path ? `${path}.${key}` : key))
    );
  };
  return walk(event, '') && leaves.length < MOST_LEAVES ? leaves : undefined;
}
