import 'server-only';
import { Readable } from 'node:stream';
import { PortalError } from '@/server/platform/errors';

const LOOK_EVERY_MS = 2_000;

/**
 * What comes or goes piece by piece in the session of one of the staff: looked at every two seconds and at the end, so that neither
 * a file that is sent slowly nor one that arrives slowly outlives it. Throws `sign_in_first`.
 */
export async function* whileAllowed<T>(
  pieces: AsyncIterable<T>,
  isStillSignedIn: () => Promise<boolean>,
): AsyncGenerator<T> {
  const look = async () => {
    if (!(await isStillSignedIn())) throw new PortalError('unauthenticated', 'sign_in_first');
  };
  let looked = Date.now();
  for await (const piece of pieces) {
    if (Date.now() - looked >= LOOK_EVERY_MS) {
      await look();
      looked = Date.now();
    }
    yield piece;
  }
  await look();
}

/** Files that one person may have on their way at once: each is read from the database as it is sent. */
const MOST_FILES = 4;
const onTheirWay = new Map<string, number>();

/** Throws `reads_busy` (limited) where a person has as many as one may. Answers what gives the place back. */
function takePlace(owner: string): () => void {
  const theirs = onTheirWay.get(owner) ?? 0;
  if (theirs >= MOST_FILES) throw new PortalError('limited', 'reads_busy');
  onTheirWay.set(owner, theirs + 1);
  return () => {
    const left = (onTheirWay.get(owner) ?? 1) - 1;
    if (left > 0) onTheirWay.set(owner, left);
    else onTheirWay.delete(owner);
  };
}

/** `request` is the one that asks for the file: it says when its client has gone. */
type Sender = { request: Request; owner: string; isStillSignedIn: () => Promise<boolean> };
type FileToSend = { pieces: AsyncIterable<string | Uint8Array>; headers: Record<string, string> };

/**
 * Sends a file that is made while it is sent. Where its session ends, or its making fails, it is broken off and the browser says so:
 * nobody takes the part for the whole. `make` is not begun where the person has as many files on their way as one may: what is refused
 * is neither read nor recorded. Throws `reads_busy` (limited).
 */
export async function sendFile(
  { request: { signal }, owner, isStillSignedIn }: Sender,
  make: () => Promise<FileToSend>,
): Promise<Response> {
  const leave = takePlace(owner);
  try {
    const { pieces, headers } = await make();
    const body = Readable.from(whileAllowed(pieces, isStillSignedIn), { objectMode: false });
    // A body whose client had gone before it was there is neither read nor cancelled by anybody.
    const end = () => body.destroy();
    body.once('close', () => {
      signal.removeEventListener('abort', end);
      leave();
    });
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
    const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
    return new Response(Readable.toWeb(body) as ReadableStream, { headers: { ...headers, ...always } });
  } catch (error) {
    leave();
    throw error;
  }
}
