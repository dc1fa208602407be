/** Vietnamese by its syllables, and text of the fonts from before Unicode that passes for Western. Pure. */

const WORD = /[^\s,;|\t"'.:/()<>=+\-\d]+/g;
const FOREIGN = /[^\0-\x7f]/;

// A Vietnamese word is one syllable: an onset, a nucleus, perhaps a coda, and at most one tone.
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const NUCLEI =
  'uyê|uya|uyu|uây|uôi|ươi|ươu|iêu|yêu|oai|oay|oao|oeo|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y';
const ONSETS = 'ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x';
const SYLLABLE = new RegExp(`^(?:${ONSETS})?(?:${NUCLEI})(?:ch|ng|nh|c|m|n|p|t)?$`);

/** Whether a word is one that Vietnamese can have. */
function isSyllable(word: string): boolean {
  const apart = word.toLowerCase().normalize('NFD');
  const tones = apart.match(TONES)?.length ?? 0;
  return tones <= 1 && SYLLABLE.test(apart.replace(TONES, '').normalize('NFC'));
}

/** How many of the words that are no ASCII fit, from 0 to 1. */
export function shareOfForeignWords(text: string, fits: (word: string) => boolean): number {
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
export const isVietnamese = (text: string): boolean => shareOfForeignWords(text, isSyllable) >= 0.7;

// Letters of the fonts `.VnTime` and kin (TCVN3, ABC) and what they show.
const TCVN3 =
  '\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf\xb5\xb6\xb7\xb8\xb9\xba\xbb\xbc\xbd\xbe\xbf\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xdb\xdc\xdd\xde\xdf\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xff';
const SHOWN = 'ĂÂÊÔƠƯĐăâêôơưđẰàảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ';
const shownBy = new Map([...TCVN3].map((sign, at) => [sign, [...SHOWN][at] ?? sign]));

const fromTcvn3 = (text: string) => [...text].map((sign) => shownBy.get(sign) ?? sign).join('');

// The fonts `VNI-Times` and kin write a vowel and then its marks as a letter of their own.
const VNI_MARKS: Record<string, string> = {
  ...{ ù: '\u0301', ø: '\u0300', û: '\u0309', õ: '\u0303', ï: '\u0323' },
  ...{ â: '\u0302', á: '\u0302\u0301', à: '\u0302\u0300', å: '\u0302\u0309', ã: '\u0302\u0303', ä: '\u0302\u0323' },
  ...{ ê: '\u0306', é: '\u0306\u0301', è: '\u0306\u0300', ú: '\u0306\u0309', ü: '\u0306\u0303', ë: '\u0306\u0323' },
};
const VNI_LETTERS: Record<string, string> = { ñ: 'đ', ö: 'ư', ô: 'ơ', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ' };

const fromVni = (text: string) =>
  text
    .toLowerCase()
    .replace(/([aeouyöô])([ùøûõïâáàåãäêéèúüë])/g, (_, vowel: string, mark: string) => {
      return (VNI_LETTERS[vowel] ?? vowel) + (VNI_MARKS[mark] ?? '');
    })
    .replace(/[ñöôæóòî]/g, (letter) => VNI_LETTERS[letter] ?? letter)
    .normalize('NFC');

/** Letters that became question marks or signs of replacement, or UTF-8 that was read as Latin before it was saved again. */
const GARBLED = /\ufffd|\p{L}\?|\?\p{L}|\u00e1[\u00ba\u00bb]|[\u00c3-\u00c6][\u0080-\u00bf\u0160-\u02dc\u2013-\u2122]/u;

/** Letters as programs write them for other programs: `&#7877;`, `%E1%BB%85`, `\u1ec5`, `=E1=BB=85`. */
const ESCAPED = /&(?:#x?[\da-f]{2,6}|[a-z]{2,8});|[%=][c-f][\da-f][%=][89ab][\da-f]|\\u[\da-f]{4}/i;

/** Whether a name has lost letters on its way here. */
export const isGarbled = (text: string): boolean => GARBLED.test(text) || ESCAPED.test(text);

/** Letters that no paper of ours can print; Greek ones, of laboratories, are written out there. One may only look like ours. */
const OTHER_SCRIPT = /(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Common}|\p{Script=Inherited})\p{L}/u;

export type NameOddity = 'legacy_font' | 'garbled_name' | 'no_letter' | 'other_script';

/** What is odd about a name that may be right; without a letter it is perhaps the cell of another column. */
export function oddityOfName(name: string): NameOddity | null {
  if (isLegacyVietnamese(name)) return 'legacy_font';
  if (isGarbled(name)) return 'garbled_name';
  if (!/\p{L}/u.test(name)) return 'no_letter';
  return OTHER_SCRIPT.test(name) ? 'other_script' : null;
}

/** Whether text is what a font from before Unicode makes of Vietnamese: `NguyÔn V¨n B×nh`, `Nguyeãn Vaên Bình`. */
export const isLegacyVietnamese = (text: string): boolean =>
  FOREIGN.test(text) && !isVietnamese(text) && (isVietnamese(fromTcvn3(text)) || isVietnamese(fromVni(text)));
