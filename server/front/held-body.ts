import type { IncomingMessage } from 'node:http';
import type { BodyLimit } from './body-limits';

export class BodyRefused extends Error {
  constructor(readonly status: 400 | 408 | 413 | 503) {
    super(String(status));
  }
}

/**
 * What may be held at one time of all bodies that have one limit. Each limit has room of its own, so that nobody who fills that of
 * large bodies keeps a form from arriving.
 */
const ROOM = 64 * 1024 * 1024;
const roomFor = (most: number) => Math.max(ROOM, 3 * most);
/** A body that is not held may pause this long, then its sender is gone. */
const SILENCE_MS = 30_000;
const heldBytes = new Map<number, number>();

function hold(most: number, bytes: number): number {
  const held = (heldBytes.get(most) ?? 0) + bytes;
  heldBytes.set(most, held);
  return held;
}

type Push = IncomingMessage['push'];

const announced = (request: IncomingMessage) => Number(request.headers['content-length'] ?? 0);
export const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/**
 * Reads a body whole, then gives it back to the request, as if it had arrived at once: a handler never waits for a sender, and no
 * parser sees what is too large. Throws `BodyRefused`.
 */
export function holdBody(request: IncomingMessage, { bytes: most, seconds }: BodyLimit): Promise<void> {
  const push: Push = request.push.bind(request);
  const pieces: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    const settle = (refused?: BodyRefused) => {
      clearTimeout(timer);
      hold(most, -bytes);
      request.off('close', onClose);
      request.push = refused ? () => true : push;
      if (refused) return reject(refused);
      if (bytes > 0) push(Buffer.concat(pieces, bytes));
      push(null);
      resolve();
    };
    const onClose = () => settle(new BodyRefused(400));
    const timer = setTimeout(() => settle(new BodyRefused(408)), seconds * 1000);
    request.on('close', onClose);
    // Node's parser pushes what arrives; nothing reads the stream before its end is known.
    request.push = (piece: Buffer | null) => {
      if (piece === null) settle();
      else {
        bytes += piece.length;
        const held = hold(most, piece.length);
        pieces.push(piece);
        if (bytes > most) settle(new BodyRefused(413));
        else if (held > roomFor(most)) settle(new BodyRefused(503));
      }
      return true;
    };
  });
}

/** Lets a body through as it arrives, and cuts the connection of a sender who sends more than allowed, or nothing for long. */
export function watchBody(request: IncomingMessage, { bytes: most, seconds }: BodyLimit): void {
  const push: Push = request.push.bind(request);
  const cut = () => request.destroy();
  const whole = setTimeout(cut, seconds * 1000);
  let silence = setTimeout(cut, SILENCE_MS);
  let bytes = 0;
  const end = () => {
    clearTimeout(whole);
    clearTimeout(silence);
  };
  request.on('close', end);
  request.push = (piece: Buffer | null, ...rest) => {
    clearTimeout(silence);
    if (piece === null) end();
    else silence = setTimeout(cut, SILENCE_MS);
    bytes += piece?.length ?? 0;
    if (bytes > most) cut();
    return push(piece, ...rest);
  };
}

/** Whether the request says itself that it is too large. */
export const announcesTooMuch = (request: IncomingMessage, { bytes }: BodyLimit) => announced(request) > bytes;
