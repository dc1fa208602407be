import { plainLine } from '@/server/domain/text';

const escapeLike = (word: string) => word.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/**
 * The words of a search as LIKE patterns, each to be found somewhere in a row's `search_text` after `search_key()`. A text that
 * can only be a phone or a number, however it is dotted and spaced, is one word of digits.
 */
export function likePatterns(search: string): string[] {
  const text = plainLine(search);
  if (/^\+?[\d\s().-]+$/.test(text) && /\d/.test(text)) {
    const digits = text.replace(/\D/g, '').replace(/^00/, '');
    // A phone is kept with its country: `0901…` is found in `+84901…`.
    return [`%${digits.length >= 9 ? digits.replace(/^0/, '') : digits}%`];
  }
  return text
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
    .map((word) => `%${escapeLike(word)}%`);
}
