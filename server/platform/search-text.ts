const escapeLike = (word: string) => word.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/**
 * The words of a search as LIKE patterns, each to be found somewhere in a row's `search_text` after `search_key()`. A text that
 * can only be a phone or a number, however it is dotted and spaced, is one word of digits.
 */
export function likePatterns(search: string): string[] {
  const text = search.trim();
  if (/^\+?[\d\s().-]+$/.test(text) && /\d/.test(text)) {
    return [`%${text.replace(/\D/g, '').replace(/^00/, '')}%`];
  }
  return text
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
    .map((word) => `%${escapeLike(word)}%`);
}
