import type { ClientRequest } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import canonicalize from 'canonicalize';
import { signParts } from '../protocol/signature';

/** The text of a request in parts, so that a large one need not exist as a whole, nor twice. */
export interface OpenBody {
  /** The JSON text. */
  text: () => Iterable<string>;
  /** The same JSON in its canonical form, which is what is signed. */
  canonical: () => Iterable<string>;
  /** To be called when it is on its way: what it took is free again. May be called again. */
  release: () => void;
}

/** A body that can be opened again when a request has to be repeated. */
export interface Body {
  open: () => Promise<OpenBody>;
}

/** Bodies up to this size are written at once. */
const WHOLE_BYTES = 64 * 1_024;
/** After so much work the others have their turn: leases must be kept meanwhile. */
const BREATH_CHARS = 512 * 1_024;

/** A body that is small, and stays. */
export function jsonBody(value: unknown): Body {
  const open: OpenBody = {
    text: () => [JSON.stringify(value)],
    canonical: () => [canonicalize(value) ?? ''],
    release: () => undefined,
  };
  return { open: async () => open };
}

/** Memoized results as JSON texts, by step, in the order in which they were completed. */
export type MemoTexts = Map<string, string>;

function* stepsText(memos: MemoTexts): Generator<string> {
  let first = true;
  for (const [id, memo] of memos) {
    yield `${first ? '' : ','}${JSON.stringify(id)}:${memo}`;
    first = false;
  }
}

/** Ids in the order of the canonical form, which is that of UTF-16. */
function* stepsCanonical(memos: MemoTexts): Generator<string> {
  let first = true;
  for (const id of [...memos.keys()].sort()) {
    yield `${first ? '' : ','}${JSON.stringify(id)}:${canonicalize(JSON.parse(memos.get(id) ?? 'null'))}`;
    first = false;
  }
}

/** An execution request: everything small as a value, the memos as they are kept. `parts` releases the memos. */
export function executionText(rest: Record<string, unknown>, memos: MemoTexts, free: () => void): OpenBody {
  let kept: MemoTexts = memos;
  const head = `${JSON.stringify(rest).slice(0, -1)},"steps":{`;
  const before = Object.keys(rest).filter((key) => key < 'steps');
  const after = Object.keys(rest).filter((key) => key > 'steps');
  const pick = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, rest[key]]));
  return {
    *text() {
      yield head;
      yield* stepsText(kept);
      yield '}}';
    },
    *canonical() {
      yield `${(canonicalize(pick(before)) ?? '').slice(0, -1)},"steps":{`;
      yield* stepsCanonical(kept);
      yield `},${(canonicalize(pick(after)) ?? '').slice(1)}`;
    },
    release: () => {
      kept = new Map();
      free();
    },
  };
}

async function* unhurried(parts: Iterable<string>): AsyncGenerator<string> {
  let since = 0;
  for (const part of parts) {
    yield part;
    since += part.length;
    if (since < BREATH_CHARS) continue;
    since = 0;
    await turn();
  }
}

export function signatureOf(body: OpenBody, key: string): Promise<string> {
  return signParts(key, unhurried(body.canonical()));
}

export async function lengthOf(body: OpenBody): Promise<number> {
  let bytes = 0;
  for await (const part of unhurried(body.text())) bytes += Buffer.byteLength(part);
  return bytes;
}

/** Resolves when it takes more, or is over. */
function drained(outgoing: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done).off('close', done);
      resolve();
    };
    outgoing.on('drain', done).on('close', done);
  });
}

/** Writes it at the pace of the receiver, and releases it. A broken request is reported by its own events. */
export async function write(outgoing: ClientRequest, body: OpenBody, bytes: number): Promise<void> {
  try {
    if (bytes <= WHOLE_BYTES) {
      outgoing.end([...body.text()].join(''));
      return;
    }
    for (const part of body.text()) {
      if (outgoing.destroyed) return;
      if (!outgoing.write(part)) await drained(outgoing);
    }
    outgoing.end();
  } catch {
    outgoing.destroy();
  } finally {
    body.release();
  }
}
