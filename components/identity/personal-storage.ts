/** What screens keep in this browser for whoever is signed in stands under this, so that it can go with the person. */
export const PERSONAL = 'personal.';
/** Below it, what is being written and not done yet. */
export const DRAFTS = 'draft.';
const OWNER = 'personal-owner';
/** Sales on hold as they were kept before: in the clear. */
const IN_THE_CLEAR = 'till.held.';

type Kept = Pick<Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

const keysOf = (storage: Kept) => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');

function forget(storage: Kept, prefixes: readonly string[]): void {
  for (const key of keysOf(storage)) if (prefixes.some((prefix) => key.startsWith(prefix))) storage.removeItem(key);
}

/** Takes away all that belongs to a person: they have signed out. A browser that keeps nothing has nothing to forget. */
export function forgetPerson(storage?: Kept): void {
  try {
    for (const kept of storage ? [storage] : [window.localStorage, window.sessionStorage])
      forget(kept, [PERSONAL, OWNER, IN_THE_CLEAR]);
  } catch {}
}

/** Takes away what another person left; `owner` is the id of who is signed in now. */
export function welcomePerson(owner: string, storage?: Kept): void {
  try {
    const kept = storage ?? window.localStorage;
    if (kept.getItem(OWNER) === owner) forget(kept, [IN_THE_CLEAR]);
    else forgetPerson(kept);
    kept.setItem(OWNER, owner);
  } catch {}
}
