import type { IncomingMessage } from 'node:http';
import type { BodyLimit } from './body-limits';
import { carry, HEAVIEST, weightOf } from './body-weight';

export class BodyRefused extends Error {
  constructor(readonly status: 400 | 401 | 408 | 413 | 503) {
    super(String(status));
  }
}

/**
 * What may be held at one time of all bodies that have one limit. Each limit has room of its own, so that nobody who fills that of
 * large bodies keeps a form from arriving.
 */
const ROOM = 64 * 1024 * 1024;
const roomFor = (most: number) => Math.max(ROOM, 2 * most);
/** A body that is not held may pause this long, then its sender is gone. */
const SILENCE_MS = 30_000;

interface Held {
  sender: string;
  bytes: number;
  giveWay: () => void;
}

/** What is being held of the bodies that have one limit. */
class Room {
  #bytes = 0;
  readonly #held = new Set<Held>();

  constructor(private readonly size: number) {}

  enter(one: Held): void {
    this.#held.add(one);
  }

  leave(one: Held): void {
    if (this.#held.delete(one)) this.#bytes -= one.bytes;
  }

  /**
   * Takes what has come of a body. Where the room is full, who holds the most of it gives way, by the largest of theirs: many slow
   * bodies from one place keep nobody else from being heard.
   */
  take(one: Held, bytes: number): void {
    one.bytes += bytes;
    this.#bytes += bytes;
    if (this.#bytes > this.size) this.#greediest().giveWay();
  }

  #greediest(): Held {
    const sums = new Map<string, number>();
    for (const { sender, bytes } of this.#held) sums.set(sender, (sums.get(sender) ?? 0) + bytes);
    const most = Math.max(...sums.values());
    const theirs = [...this.#held].filter(({ sender }) => sums.get(sender) === most);
    return theirs.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  }
}

const rooms = new Map<number, Room>();

function roomOf(most: number): Room {
  const room = rooms.get(most) ?? new Room(roomFor(most));
  rooms.set(most, room);
  return room;
}

type Push = IncomingMessage['push'];

const announced = (request: IncomingMessage) => Number(request.headers['content-length'] ?? 0);
export const hasBody = ({ headers }: IncomingMessage) =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/**
 * Reads a body whole, then gives it back to the request, as if it had arrived at once: a handler never waits for a sender, and no
 * parser sees what is too large, or more at one time than the process has room for. `sender`: whose it is, for sharing the room.
 * Answers what is to be called when the application is done with it. Throws `BodyRefused`.
 */
export function bufferBody(
  request: IncomingMessage,
  { bytes: most, seconds }: BodyLimit,
  sender: string,
): Promise<() => void> {
  const push: Push = request.push.bind(request);
  let pieces: Buffer[] = [];
  const room = roomOf(most);
  let settled = false;
  let putDown = () => {};
  return new Promise((resolve, reject) => {
    const settle = (refused?: BodyRefused) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      room.leave(held);
      request.off('close', onClose);
      request.push = refused ? () => true : push;
      const whole = pieces;
      pieces = [];
      if (refused) {
        putDown();
        return reject(refused);
      }
      if (held.bytes > 0) push(Buffer.concat(whole, held.bytes));
      push(null);
      resolve(() => putDown());
    };
    let weight = 0;
    const handOn = () => {
      putDown = carry(weight, () => settle());
    };
    const onClose = () => settle(new BodyRefused(400));
    const timer = setTimeout(() => settle(new BodyRefused(408)), seconds * 1000);
    const held: Held = { sender, bytes: 0, giveWay: () => settle(new BodyRefused(503)) };
    room.enter(held);
    request.on('close', onClose);
    // Node's parser pushes what arrives; nothing reads the stream before its end is known.
    request.push = (piece: Buffer | null) => {
      if (settled) return true;
      if (piece === null) handOn();
      else {
        pieces.push(piece);
        weight += weightOf(piece);
        room.take(held, piece.length);
        if (held.bytes > most || weight > HEAVIEST) settle(new BodyRefused(413));
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
