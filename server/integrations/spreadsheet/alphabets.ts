/** Whether text that was decoded by guess is any: as Vietnamese (Windows-1258) or as Western (Windows-1252). Pure. */

const WORD = /[^\s,;|\t"'.:/()<>=+\-\d]+/g;
const FOREIGN = /[^\0-\x7f]/;

// A Vietnamese word is one syllable: an onset, a nucleus, perhaps a coda, and at most one tone.
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const NUCLEI =
  'uyê|uya|uyu|uây|uôi|ươi|ươu|iêu|yêu|oai|oay|oao|oeo|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y';
const ONSETS = 'ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x';
const SYLLABLE = new RegExp(`^(?:${ONSETS})?(?:${NUCLEI})(?:ch|ng|nh|c|m|n|p|t)?$`);

function isSyllable(word: string): boolean {
  const apart = word.toLowerCase().normalize('NFD');
  const tones = apart.match(TONES)?.length ?? 0;
  return tones <= 1 && SYLLABLE.test(apart.replace(TONES, '').normalize('NFC'));
}

/** Signs of Windows-1252 that people's text has beside letters. */
const ORDINARY = /[\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2122\u20ac£©®°±²³µ·¹º»«¼½¾¿¡§\u00a0\u00ad]/g;
const ACCENTED = '\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0160\u0161\u0178\u017d\u017e\u0152\u0153';
/** Three letters with accents in a row, nothing but such letters, or another sign within a word: no Western language writes so. */
const UNLIKELY = new RegExp(`[${ACCENTED}]{3}|^[${ACCENTED}]{2,}$|[^\\0-\\x7f${ACCENTED}]`);

function share(text: string, fits: (word: string) => boolean): number {
  let words = 0;
  let fitting = 0;
  for (const [word] of text.matchAll(WORD)) {
    if (!FOREIGN.test(word)) continue;
    words += 1;
    if (fits(word)) fitting += 1;
  }
  return words === 0 ? 0 : fitting / words;
}

/** Most words that are no ASCII are syllables of the language. */
export const isVietnamese = (text: string): boolean => share(text, isSyllable) >= 0.7;

/**
 * Cyrillic, Greek, Chinese, Japanese, Korean and Thai text of one or two bytes a letter comes out of Windows-1252 as rows of
 * accented letters and signs; of Western text nearly no word looks so.
 */
export const isWestern = (text: string): boolean =>
  share(text, (word) => !UNLIKELY.test(word.replace(ORDINARY, ''))) >= 0.8;
