import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import canonicalize from 'canonicalize';
import { FairQueue } from '../platform/fair-queue';
import { BodyRefused } from './buffered-body';
import { CLIENT_ADDRESS } from './client-address';
import { signatureOf } from './signed-work';

const PREFIX = /^signkey-\w+-/;

/** A wrong signature costs its sender this many times what looking into its body took, and no less than that of a small one. */
const REST_FACTOR = 4;
const LEAST_REST_MS = 100;
const limits = { perOwner: 1, waitingPerOwner: 1_000, waitMs: 15_000 };

type Signature = { seconds: string; signature: string };

function isSigned(text: Buffer | string, { seconds, signature }: Signature, keys: readonly string[]): boolean {
  return keys.some((key) => {
    const made = createHmac('sha256', key.replace(PREFIX, '')).update(text).update(seconds).digest();
    return timingSafeEqual(made, Buffer.from(signature, 'hex'));
  });
}

/** A body in the spelling that is signed (RFC 8785), which is not always the one that is sent; null for what is no JSON. */
function canonicalOf(body: Buffer): string | null {
  try {
    return canonicalize(JSON.parse(body.toString('utf8'))) ?? null;
  } catch {
    return null;
  }
}

/**
 * Proves that background work comes from whoever has a key, before the application sees anything of it. A body that was signed as it
 * came is proved by its bytes. Another spelling has to be parsed for that: one such body at a time, and who sent a wrong
 * signature rests before the next, so that a stranger who makes signatures up takes a part of the process and never its memory.
 * Throws `BodyRefused`: 401 for a wrong signature, 503 where too many wait.
 */
export function createWorkProof(keys: readonly string[]) {
  const busy = () => new BodyRefused(503);
  const senders = new FairQueue({ ...limits, together: Number.POSITIVE_INFINITY }, busy);
  const looks = new FairQueue({ ...limits, together: 1 }, busy);
  const isRight = (body: Buffer, said: Signature) => {
    const canonical = canonicalOf(body);
    return canonical !== null && isSigned(canonical, said, keys);
  };
  return async (request: IncomingMessage, body: Buffer): Promise<void> => {
    const said = signatureOf(request.headers);
    if (!said) throw new BodyRefused(401);
    if (isSigned(body, said, keys)) return;
    const sender = String(request.headers[CLIENT_ADDRESS]);
    const proved = await senders.run(sender, async () => {
      const look = await looks.run(sender, async () => {
        const began = performance.now();
        return { right: isRight(body, said), tookMs: performance.now() - began };
      });
      if (!look.right) await sleep(Math.max(LEAST_REST_MS, look.tookMs * REST_FACTOR));
      return look.right;
    });
    if (!proved) throw new BodyRefused(401);
  };
}
