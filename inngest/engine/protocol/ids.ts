import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ULID_LENGTH = 26;
const ENTROPY_BYTES = 10;

function encode(value: bigint): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < ULID_LENGTH; i++) {
    text = ALPHABET[Number(rest & 31n)] + text;
    rest >>= 5n;
  }
  return text;
}

function compose(millis: number, entropy: Uint8Array): bigint {
  return (BigInt(millis) << 80n) | BigInt(`0x${Buffer.from(entropy).toString('hex')}`);
}

/** Whether a text has the form of a ULID. */
export function isUlid(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(text);
}

/** A new ULID: 48 bits of time, 80 random bits. */
export function newId(now = Date.now()): string {
  return encode(compose(now, randomBytes(ENTROPY_BYTES)));
}

/**
 * Consecutive ids for one request. The SDK sends the same seed (`<millis>,<base64 of 10 bytes>`) when it repeats a request,
 * so a repeated request has the same ids and is recognised. A seed that cannot be read is ignored.
 */
export function eventIds(count: number, seed: string | undefined): string[] {
  const [millis, entropy] = (seed ?? '').split(',');
  const bytes = Buffer.from(entropy ?? '', 'base64');
  const time = Number(millis);
  if (bytes.length !== ENTROPY_BYTES || !Number.isSafeInteger(time) || time <= 0 || time >= 2 ** 48) {
    return Array.from({ length: count }, () => newId());
  }
  const first = compose(time, bytes);
  return Array.from({ length: count }, (_, index) => encode((first + BigInt(index)) & ((1n << 128n) - 1n)));
}
