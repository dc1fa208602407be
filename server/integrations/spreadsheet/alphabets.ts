import { shareOfForeignWords } from '@/server/domain/vietnamese';

/** Whether text that was decoded by guess is Western (Windows-1252); Vietnamese is recognised by its syllables. Pure. */

/** Signs of Windows-1252 that people's text has beside letters. */
const ORDINARY = /[\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2122\u20ac£©®°±²³µ·¹º»«¼½¾¿¡§\u00a0\u00ad]/g;
const ACCENTED = '\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0160\u0161\u0178\u017d\u017e\u0152\u0153';
/** Three letters with accents in a row, nothing but such letters, or another sign within a word: no Western language writes so. */
const UNLIKELY = new RegExp(`[${ACCENTED}]{3}|^[${ACCENTED}]{2,}$|[^\\0-\\x7f${ACCENTED}]`);

/**
 * Cyrillic, Greek, Chinese, Japanese, Korean and Thai text of one or two bytes a letter comes out of Windows-1252 as rows of
 * accented letters and signs; of Western text nearly no word looks so.
 */
export const isWestern = (text: string): boolean =>
  shareOfForeignWords(text, (word) => !UNLIKELY.test(word.replace(ORDINARY, ''))) >= 0.8;
