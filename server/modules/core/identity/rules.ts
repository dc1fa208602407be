import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

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

/** How long a browser is known after a sign-in, and for how many people who share it. */
export const KNOWN_DAYS = 90;
const KNOWN_PEOPLE = 8;

type Marked = { id: string; epoch: number };

const macOf = (key: string, { id, epoch }: Marked, head: string): Buffer =>
  createHmac('sha256', key).update(`browser:${id}:${epoch}:${head}`).digest();

/**
 * What a browser keeps of who was signed in from it (OWASP's device cookies), the newest first: a mark each, which proves that much
 * of one account in its epoch, so that a change of the password ends it, and names nobody. It opens nothing.
 */
export function withMark(kept: string | null, key: string, who: Marked, now: Date): string {
  const head = `${Math.floor(now.getTime() / 1000).toString(36)}.${randomBytes(12).toString('base64url')}`;
  const others = (kept ?? '').split('~').filter((mark) => mark !== '' && mark !== markOf(kept, key, who, now));
  return [`${head}.${macOf(key, who, head).toString('base64url')}`, ...others].slice(0, KNOWN_PEOPLE).join('~');
}

/** The mark among those that a browser keeps which is this account's, or null. */
export function markOf(kept: string | null, key: string, who: Marked, now: Date): string | null {
  const marks = (kept ?? '').slice(0, 2_000).split('~').slice(0, KNOWN_PEOPLE);
  const found = marks.find((mark) => {
    const [since = '', nonce = '', mac = ''] = mark.split('.');
    const given = Buffer.from(mac, 'base64url');
    const made = macOf(key, who, `${since}.${nonce}`);
    return given.length === made.length && timingSafeEqual(given, made);
  });
  const age = now.getTime() / 1000 - Number.parseInt(found?.split('.')[0] ?? '', 36);
  return found && age < KNOWN_DAYS * 86_400 ? found : null;
}
