import { createHash, createHmac, randomBytes } from 'node:crypto';

/** How long a statement link lives. */
export const LINK_DAYS = 180;

export const sha256 = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(text).digest());

/** 32 random bytes, the seed of a link's token. */
export const newNonce = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(32));

/**
 * The token of a link: base64url(HMAC-SHA256(key, nonce)), 43 characters. It can be made again whenever the link is sent, and
 * a stolen table opens nothing without the key.
 */
export const linkToken = (nonce: Uint8Array, key: string): string =>
  createHmac('sha256', key).update(nonce).digest('base64url');

/** Whether a text can be a token at all, so that anything else never reaches the database. */
export const looksLikeToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);
