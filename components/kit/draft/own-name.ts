/** Longer than a page that is left takes to give a name back. */
const PATIENCE_MS = 2_000;

/**
 * Takes a name for this tab until `signal` aborts: of two tabs with the same form one keeps it, so that neither writes over the other.
 * Answers false where another tab has it. A browser that knows no locks has one tab of ours.
 */
export async function ownName(name: string, signal: AbortSignal): Promise<boolean> {
  if (!('locks' in navigator)) return !signal.aborted;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  return new Promise((resolve) => {
    const held = async () => {
      resolve(!signal.aborted);
      await new Promise<void>((release) => {
        if (signal.aborted) release();
        signal.addEventListener('abort', () => release());
      });
    };
    navigator.locks.request(`draft.${name}`, { signal: patience }, held).catch(() => resolve(false));
  });
}
