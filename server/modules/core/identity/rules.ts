import { createHash, randomBytes, randomInt } from 'node:crypto';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A one-time password that can be read out: four groups of four, about 79 bits. */
export function makeOneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** What a session's cookie names: 256 bits. */
export const makeSessionSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of it. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Characters as people count them, however many units each takes. */
export const lengthOf = (password: string): number => [...password.normalize('NFKC')].length;

/** The network of an address, for a person to recognise: an IPv4 address without its last part; IPv6 comes as its /64. */
export function networkOf(address: string | null): string | null {
  if (address?.startsWith('0:0:0:0:')) return '::1';
  const [, kept] = /^(\d+\.\d+\.\d+)\.\d+$/.exec(address ?? '') ?? [];
  return kept ? `${kept}.0/24` : address || null;
}
