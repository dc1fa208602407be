import { PERSONAL } from '@/components/identity/personal-storage';

/** Longer than a page that is left takes to give a name back. */
const PATIENCE_MS = 2_000;
/** More tabs than these with one form keep nothing of it. */
const TABS = 4;

/** Takes a name until `signal` aborts; false where another tab has it. */
const take = (name: string, options: LockOptions, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const held = async (lock: Lock | null) => {
      resolve(lock !== null && !signal.aborted);
      if (lock === null || signal.aborted) return;
      await new Promise<void>((release) => {
        signal.addEventListener('abort', () => release());
      });
    };
    navigator.locks.request(`draft.${name}`, options, held).catch(() => resolve(false));
  });

const slotsOf = (name: string) => [name, ...Array.from({ length: TABS - 1 }, (_, at) => `${name}.${at + 2}`)];

/** Where this tab remembers which of the names was its own: it lives as long as the tab, over a reload, and no other tab reads it. */
const place = (name: string) => `${PERSONAL}own.${name}`;

function rememberedName(name: string): string {
  try {
    const kept = window.sessionStorage.getItem(place(name));
    return slotsOf(name).find((slot) => slot === kept) ?? name;
  } catch {
    return name;
  }
}

function remember(name: string, own: string): void {
  try {
    if (own === name) window.sessionStorage.removeItem(place(name));
    else window.sessionStorage.setItem(place(name), own);
  } catch {}
}

/**
 * Takes a name for this tab until `signal` aborts: of several tabs with the same form each has its own, so that none writes over another,
 * and a tab that is loaded again finds its own. Null where there are too many. A browser that knows no locks has one tab of ours.
 */
export async function ownName(name: string, signal: AbortSignal): Promise<string | null> {
  if (!('locks' in navigator)) return signal.aborted ? null : name;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  // Its own first, whichever tabs have closed since: another's draft is not what it was writing.
  const before = rememberedName(name);
  const others = slotsOf(name).filter((slot) => slot !== before);
  if (await take(before, { signal: patience }, signal)) return before;
  for (const slot of others) {
    if (signal.aborted || !(await take(slot, { ifAvailable: true }, signal))) continue;
    remember(name, slot);
    return slot;
  }
  return null;
}
