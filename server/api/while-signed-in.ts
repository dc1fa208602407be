import { TRPCError } from '@trpc/server';
import { PortalError } from '@/server/platform/errors';

const LOOK_EVERY_MS = 2_000;
const nothing = Symbol('nothing yet');

/** What comes first: the next value, or the time to look again. */
async function within<T>(next: Promise<T>): Promise<T | typeof nothing> {
  let timer: NodeJS.Timeout | undefined;
  const pause = new Promise<typeof nothing>((resolve) => {
    timer = setTimeout(() => resolve(nothing), LOOK_EVERY_MS);
  });
  try {
    return await Promise.race([next, pause]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Hands values on while the session lasts in which they were asked for: it is looked at before each one, and every few seconds
 * in between, so that nothing is sent after its end and no connection stays open. Throws `sign_in_first`.
 */
export async function* whileSignedIn(
  source: unknown,
  isStillSignedIn: () => Promise<boolean>,
): AsyncGenerator<unknown, void> {
  const values = (source as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  let next = values.next();
  try {
    while (true) {
      const come = await within(next);
      if (!(await isStillSignedIn()))
        throw new TRPCError({ code: 'UNAUTHORIZED', cause: new PortalError('unauthenticated', 'sign_in_first') });
      if (come === nothing) continue;
      if (come.done) return;
      yield come.value;
      next = values.next();
    }
  } finally {
    // Not waited for: a sleeping source ends when its request does, and what it yields then is dropped.
    next.catch(() => {});
    values.return?.().catch(() => {});
  }
}
