import { PERSONAL } from '@/components/identity/personal-storage';
import { FOUND_KINDS } from '@/server/domain/found-things';
import type { Thing } from '@/server/modules/core/search/schema';

const KEY = `${PERSONAL}recent`;
const VIEWS_KEY = `${PERSONAL}recent-views`;
const PLACES_KEY = `${PERSONAL}recent-places`;
const MOST = 8;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The thing that an address shows, on a page of its own or beside its list; null where it shows none. */
export function thingAt(path: string, open: string | null): Thing | null {
  const [place, ...rest] = path.split('/').filter(Boolean);
  const kind = FOUND_KINDS.find((one) => one === place);
  const id = open ?? rest.at(-1) ?? '';
  return kind && UUID.test(id) ? { kind, id } : null;
}

/** Names that this browser keeps of the person, newest first; what cannot be read is none. */
function namesAt(key: string, storage?: Storage): string[] {
  try {
    const kept = JSON.parse((storage ?? window.localStorage).getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

/** Notes a name as the newest; a browser that keeps nothing forgets it. */
function remember(key: string, name: string, storage?: Storage): void {
  try {
    const kept = storage ?? window.localStorage;
    kept.setItem(key, JSON.stringify([...new Set([name, ...namesAt(key, kept)])].slice(0, MOST)));
  } catch {}
}

/** What the person was at last, newest first: kinds and ids alone, for a name must not stay in a browser that others use. */
export const recentThings = (storage?: Storage): Thing[] =>
  namesAt(KEY, storage)
    .flatMap((address) => thingAt(address, null) ?? [])
    .slice(0, MOST);

/** Notes that the person is at something. */
export const rememberThing = ({ kind, id }: Thing, storage?: Storage): void => remember(KEY, `${kind}/${id}`, storage);

/** The views that the person used last, by their ids. */
export const recentViews = (storage?: Storage): string[] => namesAt(VIEWS_KEY, storage);
export const rememberView = (id: string, storage?: Storage): void => remember(VIEWS_KEY, id, storage);

/** The places that the person opened last, by their ids. */
export const recentPlaces = (storage?: Storage): string[] => namesAt(PLACES_KEY, storage);
export const rememberPlace = (id: string, storage?: Storage): void => remember(PLACES_KEY, id, storage);
