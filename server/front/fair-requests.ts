import type { IncomingMessage, ServerResponse } from 'node:http';
import { FairQueue } from '../platform/fair-queue';
import { bodyLimit } from './body-limits';
import { BodyRefused } from './buffered-body';
import { CLIENT_ADDRESS } from './client-address';
import { pathOf } from './request-path';

/** More than one connection to the database each, so that a house full of people behind one address waits for nothing else. */
const limits = { together: Number.POSITIVE_INFINITY, perOwner: 64, waitingPerOwner: 500, waitMs: 15_000 };
/** A turn is over then, also where an answer is still being read, or made. */
const TURN_MS = 10_000;

/** A browser waits for an answer before it asks by the same connection again; two may overlap by a moment. */
const MOST_ON_A_CONNECTION = 2;

/** Background work has an order of its own; what is live stays open by its nature; who asks how the process is does not wait. */
const standsBeside = (request: IncomingMessage): boolean => {
  const path = pathOf(request);
  if (!bodyLimit(path).buffered || /^\/(api\/inngest\/?$|health\/|metrics$)/.test(path)) return true;
  return path.startsWith('/api/trpc/') && request.headers.accept === 'text/event-stream';
};

/** Resolves when `work` is done or its turn is over. */
async function withinTurn(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, TURN_MS);
  });
  await Promise.race([work, over]).finally(() => clearTimeout(timer));
}

/**
 * Lets the requests of each address begin in turn: thousands from one place wait for each other and keep nobody else waiting. What
 * its sender has disconnected when its turn comes is not begun. `work` answers its own failures. Throws `BodyRefused`.
 */
export function createFairRequests() {
  const turns = new FairQueue(limits, () => new BodyRefused(503));
  return async (request: IncomingMessage, response: ServerResponse, work: () => Promise<void>): Promise<void> => {
    if (standsBeside(request)) return work();
    await turns.run(String(request.headers[CLIENT_ADDRESS]), async () => {
      if (!response.destroyed && !request.socket.destroyed) await withinTurn(work());
    });
  };
}

const underWay = new WeakMap<object, number>();

/** Counts a request of its connection; false where it has too many unanswered ones, as no browser does. */
export function entersConnection({ socket }: IncomingMessage, response: ServerResponse): boolean {
  const now = (underWay.get(socket) ?? 0) + 1;
  underWay.set(socket, now);
  response.once('close', () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
  return now <= MOST_ON_A_CONNECTION;
}
