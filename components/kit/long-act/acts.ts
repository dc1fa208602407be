/** An act that takes long, as whoever looks on sees it. */
export type ActUnderWay = {
  id: number;
  /** What it is about: nothing else is begun with that meanwhile. */
  key: string;
  label: string;
  done: number;
  /** What was done before it was begun again: of the pace it says nothing. */
  from: number;
  /** Null while nobody knows how much there is. */
  total: number | null;
  /** When it began, as a time of the clock. */
  since: number;
  /** Its requests come from this page: whoever closes it ends the act. */
  fromHere: boolean;
  /** Why it stopped before its end; it then stays to be read. */
  failure: string | null;
  /** Goes on where it stopped. */
  again: () => void;
  /** Takes away what stopped. */
  dismiss: () => void;
};

const NONE: readonly ActUnderWay[] = [];
/** Time that is left is worth saying from here on. */
const LONG_S = 10;

let acts = NONE;
let last = 0;
const listeners = new Set<() => void>();

/** Asks before the page is closed that an act needs. */
const hold = (event: BeforeUnloadEvent) => event.preventDefault();

function show(next: readonly ActUnderWay[]): void {
  acts = next;
  const isNeeded = acts.some(({ fromHere, failure }) => fromHere && failure === null);
  if (isNeeded) window.addEventListener('beforeunload', hold);
  else window.removeEventListener('beforeunload', hold);
  for (const listener of listeners) listener();
}

export function onActs(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** What is under way, wherever it was begun: it goes on while its page is left. */
export const actsNow = (): readonly ActUnderWay[] => acts;
export const noActs = (): readonly ActUnderWay[] => NONE;

/** Whether one of them is being done with it; what stopped is not. */
export const isUnderWay = (some: readonly ActUnderWay[], key: string): boolean =>
  some.some((act) => act.key === key && act.failure === null);

/** Shows an act to all pages; answers how to change what is said of it, and how to take it away. */
export function addAct(act: Omit<ActUnderWay, 'id' | 'dismiss'>) {
  last += 1;
  const id = last;
  const remove = () => show(acts.filter((one) => one.id !== id));
  show([...acts, { ...act, id, dismiss: remove }]);
  const change = (more: Partial<ActUnderWay>) => show(acts.map((one) => (one.id === id ? { ...one, ...more } : one)));
  return { change, remove };
}

/** Seconds until an act is done at the pace that it had so far; undefined where that is not known, or not worth saying. */
export function secondsLeft(
  { done, from, total, since }: Pick<ActUnderWay, 'done' | 'from' | 'total' | 'since'>,
  now: number,
): number | undefined {
  if (total === null || done <= from) return undefined;
  const left = Math.round(((total - done) * (now - since)) / 1000 / (done - from));
  return left > LONG_S ? left : undefined;
}
