import { transformer } from './transformer';

/** Longer is no value that a screen sends, and takes its time to be read. */
const LONGEST_TEXT = 64;

const bigint = (text: string) => {
  if (!/^-?\d+$/.test(text)) throw new TypeError('no number');
  return BigInt(text);
};

/** What a value can be that JSON has no word for. Anything else that superjson knows costs more than it says: ten letters, a gigabyte. */
const READERS: Record<string, (text: string) => unknown> = { bigint, Date: (text) => new Date(text), number: Number };

function restored(written: unknown, type: unknown): unknown {
  if (type === 'undefined' && written === null) return undefined;
  const reader = typeof type === 'string' && Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (!reader || typeof written !== 'string' || written.length > LONGEST_TEXT) throw new TypeError('no value of ours');
  return reader(written);
}

/** `a.b\.c` as superjson writes a place: `a`, then `b.c`. */
const stepsOf = (place: string): string[] =>
  [...place.matchAll(/(?:^|\.)((?:\\.|[^.\\])*)/g)].map(([, step = '']) => step.replace(/\\(.)/g, '$1'));

const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Puts the value where its text stands. */
function restoreAt(root: Record<string, unknown>, place: string, type: unknown): void {
  const steps = stepsOf(place);
  const last = steps.pop() ?? '';
  let at: unknown = root;
  for (const step of steps) at = isBranch(at) && Object.hasOwn(at, step) ? at[step] : null;
  if (!isBranch(at) || last === '__proto__' || !Object.hasOwn(at, last)) throw new TypeError('no such place');
  at[last] = restored(at[last], type);
}

const typeIn = (node: unknown): unknown => {
  if (!Array.isArray(node) || node.length !== 1) throw new TypeError('no type');
  return node[0];
};

/**
 * What a caller sent, who may be anybody: read in the time that its length takes, and refused where it names a kind of value that no
 * screen of ours sends. That two places hold the same thing is of no interest. Throws a `TypeError`.
 */
export function readSentInput(sent: unknown): unknown {
  if (!isBranch(sent)) return undefined;
  const { json, meta } = sent;
  const values = isBranch(meta) ? meta.values : undefined;
  if (values === undefined) return json;
  if (Array.isArray(values)) return restored(json, typeIn(values));
  if (!isBranch(values) || !isBranch(json)) throw new TypeError('no places');
  for (const [place, node] of Object.entries(values)) restoreAt(json, place, typeIn(node));
  return json;
}

/** What is sent is read by us, what is answered by superjson: an answer is the server's own word. */
export const wire = {
  input: { serialize: transformer.serialize, deserialize: readSentInput },
  output: transformer,
};
