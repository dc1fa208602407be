import { isObject } from './json';

/** Sessions that an event may carry at most; further inherited ones are left out in the order of their keys. */
const MOST_SESSIONS = 5;

/**
 * The `meta` that functions see: sessions set by the sender, and those its run handed on where it set no other. A session set
 * to null cuts the inherited one; `sessions: null` cuts all. Undefined when nothing is left.
 */
export function metaOf(meta: unknown): { sessions: Record<string, unknown> } | undefined {
  if (!isObject(meta)) return undefined;
  const own = isObject(meta.sessions) ? meta.sessions : {};
  const inherited = isObject(meta.propagated_sessions) && meta.sessions !== null ? meta.propagated_sessions : {};
  const sessions = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null));
  for (const key of Object.keys(inherited).sort()) {
    if (Object.keys(sessions).length >= MOST_SESSIONS) break;
    if (!Object.hasOwn(own, key)) sessions[key] = inherited[key];
  }
  return Object.keys(sessions).length > 0 ? { sessions } : undefined;
}
