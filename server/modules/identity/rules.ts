import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A one-time password that can be read out: four groups of four, about 79 bits. */
export function makeOneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

/** After five wrong passwords an account rests, longer each time, at most fifteen minutes. Answers seconds. */
export function restAfter(failures: number): number {
  if (failures < 5) return 0;
  return Math.min(900, 30 * 2 ** (failures - 5));
}
