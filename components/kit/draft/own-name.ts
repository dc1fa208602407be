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

/**
 * Takes a name for this tab until `signal` aborts: of several tabs with the same form each has its own, so that none writes over another,
 * and a tab that is loaded again finds its own. Null where there are too many. A browser that knows no locks has one tab of ours.
 */
export async function ownName(name: string, signal: AbortSignal): Promise<string | null> {
  if (!('locks' in navigator)) return signal.aborted ? null : name;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  if (await take(name, { signal: patience }, signal)) return name;
  for (let tab = 2; tab <= TABS && !signal.aborted; tab += 1)
    if (await take(`${name}.${tab}`, { ifAvailable: true }, signal)) return `${name}.${tab}`;
  return null;
}
