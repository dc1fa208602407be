import type { IncomingMessage } from 'node:http';
import type { BodyLimit } from './body-limits';
import { carry, HEAVIEST, weightOf } from './body-weight';

export class BodyRefused extends Error {
  constructor(readonly status: 400 | 401 | 408 | 413 | 503) {
    super(String(status));
  }
}

/**
 * Bytes buffered at one time, of all bodies that have one limit. Each limit has a buffer of its own, so that a sender who fills that
 * of large bodies does not keep a form from arriving.
 */
const BUFFER_BYTES = 64 * 1024 * 1024;
const limitFor = (most: number) => Math.max(BUFFER_BYTES, 2 * most);
/** A body that is not buffered may pause this long, then its sender is gone. */
const SILENCE_MS = 30_000;

interface Buffered {
  sender: string;
  bytes: number;
  giveWay: () => void;
}

/** The buffered bodies of one limit. */
class BufferLimit {
  #bytes = 0;
  readonly #buffered = new Set<Buffered>();

  constructor(private readonly size: number) {}

  enter(one: Buffered): void {
    this.#buffered.add(one);
  }

  leave(one: Buffered): void {
    if (this.#buffered.delete(one)) this.#bytes -= one.bytes;
  }

  /**
   * Counts bytes of a body. When the buffer is full, the sender with the most bytes loses its largest body, so that many slow bodies
   * from one sender do not block others.
   */
  take(one: Buffered, bytes: number): void {
    one.bytes += bytes;
    this.#bytes += bytes;
    if (this.#bytes > this.size) this.#greediest().giveWay();
  }

  #greediest(): Buffered {
    const sums = new Map<string, number>();
    for (const { sender, bytes } of this.#buffered) sums.set(sender, (sums.get(sender) ?? 0) + bytes);
    const most = Math.max(...sums.values());
    const theirs = [...this.#buffered].filter(({ sender }) => sums.get(sender) === most);
    return theirs.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  }
}

const limits = new Map<number, BufferLimit>();

function bufferOf(most: number): BufferLimit {
  const limit = limits.get(most) ?? new BufferLimit(limitFor(most));
  limits.set(most, limit);
  return limit;
}

type Push = IncomingMessage['push'];

const announced = (request: IncomingMessage) => Number(request.headers['content-length'] ?? 0);
export const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/**
 * Reads a body whole, then gives it back to the request, as if it had arrived at once: a handler never waits for a sender, and no
 * parser sees what is too large, or more at one time than the process has limit for. `sender`: whose it is, for sharing the limit.
 * `look` sees it whole before anybody else. Answers what is to be called when the application is done with it. Throws `BodyRefused`.
 */
export function bufferBody(
  request: IncomingMessage,
  { bytes: most, seconds }: BodyLimit,
  sender: string,
  look: (whole: Buffer) => void = () => {},
): Promise<() => void> {
  const push: Push = request.push.bind(request);
  let pieces: Buffer[] = [];
  const limit = bufferOf(most);
  let settled = false;
  let putDown = () => {};
  return new Promise((resolve, reject) => {
    const settle = (refused?: BodyRefused) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      limit.leave(buffered);
      request.off('close', onClose);
      request.push = refused ? () => true : push;
      const whole = pieces;
      pieces = [];
      if (refused) {
        putDown();
        return reject(refused);
      }
      const body = Buffer.concat(whole, buffered.bytes);
      look(body);
      if (body.length > 0) push(body);
      push(null);
      resolve(() => putDown());
    };
    let weight = 0;
    const handOn = () => {
      putDown = carry(weight, () => settle());
    };
    const onClose = () => settle(new BodyRefused(400));
    const timer = setTimeout(() => settle(new BodyRefused(408)), seconds * 1000);
    const buffered: Buffered = { sender, bytes: 0, giveWay: () => settle(new BodyRefused(503)) };
    limit.enter(buffered);
    request.on('close', onClose);
    // Node's parser pushes what arrives; nothing reads the stream before its end is known.
    request.push = (piece: Buffer | null) => {
      if (settled) return true;
      if (piece === null) handOn();
      else {
        pieces.push(piece);
        weight += weightOf(piece);
        limit.take(buffered, piece.length);
        if (buffered.bytes > most || weight > HEAVIEST) settle(new BodyRefused(413));
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
