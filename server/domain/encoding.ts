/** What the text of a sheet may be encoded in. The first five are found out by themselves; the others must be named. */
export const TEXT_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1258',
  'windows-1252',
  'windows-1251',
  'koi8-r',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
export type TextEncodingName = (typeof TEXT_ENCODINGS)[number];

/** The encoding of this name; null for none that is read. */
export const textEncoding = (name: string | null | undefined): TextEncodingName | null =>
  TEXT_ENCODINGS.find((one) => one === name) ?? null;
