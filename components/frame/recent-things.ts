import { PERSONAL } from '@/components/identity/personal-storage';
import { FOUND_KINDS } from '@/server/domain/found-things';
import type { Thing } from '@/server/modules/core/search/schema';

const KEY = `${PERSONAL}recent`;
const MOST = 8;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The thing that an address shows, on a page of its own or beside its list; null where it shows none. */
export function thingAt(path: string, open: string | null): Thing | null {
  const [place, ...rest] = path.split('/').filter(Boolean);
  const kind = FOUND_KINDS.find((one) => one === place);
  const id = open ?? rest.at(-1) ?? '';
  return kind && UUID.test(id) ? { kind, id } : null;
}

/** What the person was at last, newest first: kinds and ids alone, for a name must not stay in a browser that others use. */
export function recentThings(storage?: Storage): Thing[] {
  try {
    const kept = JSON.parse((storage ?? window.localStorage).getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.flatMap((address) => thingAt(String(address), null) ?? []).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Notes that the person is at something; a browser that keeps nothing forgets it. */
export function rememberThing(thing: Thing, storage?: Storage): void {
  try {
    const kept = storage ?? window.localStorage;
    const address = ({ kind, id }: Thing) => `${kind}/${id}`;
    const others = recentThings(kept).map(address);
    kept.setItem(KEY, JSON.stringify([...new Set([address(thing), ...others])].slice(0, MOST)));
  } catch {}
}
