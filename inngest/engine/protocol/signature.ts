import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = /^signkey-\w+-/;

/** The keys of one installation. No signing key means dev mode: nothing is signed and nothing is checked. */
export interface Keys {
  signing?: string | undefined;
  signingFallback?: string | undefined;
  /** Accepted event keys. Empty: every key is accepted in dev mode and none in cloud mode. */
  event: string[];
}

export function isCloud(keys: Keys): boolean {
  return Boolean(keys.signing);
}

/** `t=<unix seconds>&s=<hex>` over the canonical form of a JSON body, given in parts. */
export async function signParts(key: string, canonical: AsyncIterable<string>): Promise<string> {
  const hmac = createHmac('sha256', key.replace(PREFIX, ''));
  for await (const part of canonical) hmac.update(part);
  const seconds = Math.floor(Date.now() / 1000);
  return `t=${seconds}&s=${hmac.update(String(seconds)).digest('hex')}`;
}

/** What the SDK sends as bearer: the prefix of the key and the SHA-256 of its decoded hexadecimal part. */
export function hashSigningKey(key: string): string {
  const prefix = PREFIX.exec(key)?.[0] ?? '';
  const digest = createHash('sha256')
    .update(Buffer.from(key.replace(PREFIX, ''), 'hex'))
    .digest('hex');
  return prefix + digest;
}

function same(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest();
  const right = createHash('sha256').update(b).digest();
  return timingSafeEqual(left, right);
}

/** Whether an `Authorization` header names one of the signing keys, hashed or raw, with or without prefix. */
export function isAuthorized(keys: Keys, header: string | undefined): boolean {
  if (!isCloud(keys)) return true;
  const token = (header ?? '').replace(/^Bearer\s+/i, '').trim();
  if (!token) return false;
  const accepted = [keys.signing, keys.signingFallback].filter((key): key is string => Boolean(key));
  return accepted.some((key) =>
    [hashSigningKey(key), key].some((form) => same(form.replace(PREFIX, ''), token.replace(PREFIX, ''))),
  );
}

export function isEventKey(keys: Keys, key: string): boolean {
  if (keys.event.length === 0) return !isCloud(keys);
  return keys.event.some((accepted) => same(accepted, key));
}
