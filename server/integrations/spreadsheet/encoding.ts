import iconv from 'iconv-lite';
import { SheetError } from './port';

/** Vowels that can carry a tone mark in Vietnamese, as Windows-1258 decodes them. */
const TONE_BEARER = /[aăâeêioôơuưy]/i;
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;

function strict(encoding: 'utf-8' | 'utf-16le' | 'utf-16be', bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-16 without a byte order mark betrays itself by the zero halves of its ASCII. */
function bareUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 512);
  if (sample.length < 4) return null;
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  });
  const many = sample.length / 4;
  if (odd > many && even === 0) return 'utf-16le';
  if (even > many && odd === 0) return 'utf-16be';
  return null;
}

function marked(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    throw new SheetError('unsupported_encoding', { found: 'utf-32' });
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

/**
 * A file that is UTF-8 but for a few bytes must not be taken for Windows text: every accented name in it would be
 * garbled without a word. So the place of the first broken byte is reported instead.
 */
function refuseBrokenUtf8(bytes: Uint8Array): void {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const good = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  if (good <= 4 * broken) return;
  const line = text.slice(0, text.indexOf('\ufffd')).split('\n').length;
  throw new SheetError('unsupported_encoding', { place: `line ${line}`, found: 'utf-8' });
}

/** In Windows-1258 the five tones are marks of their own after the vowel; in 1252 the same bytes are Ì Ò Þ ì ò. */
function isVietnamese(decoded: string): boolean {
  let tones = 0;
  for (let index = 0; index < decoded.length; index += 1) {
    if (!TONE.test(decoded[index] ?? '')) continue;
    if (!TONE_BEARER.test((decoded[index - 1] ?? '').normalize('NFD'))) return false;
    tones += 1;
  }
  return tones > 0 || /[đĐ₫]/.test(decoded);
}

/** Text of any file that people export, by byte order mark, then UTF-16, strict UTF-8, Windows-1258 or 1252. */
export function decodeText(bytes: Uint8Array): string {
  const labelled = marked(bytes);
  const encoding = labelled ?? bareUtf16(bytes);
  if (encoding) {
    const text = strict(encoding, bytes);
    if (text === null) throw new SheetError('unsupported_encoding', { found: encoding });
    return text;
  }
  const utf8 = strict('utf-8', bytes);
  if (utf8 !== null) return utf8;
  refuseBrokenUtf8(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const vietnamese = iconv.decode(buffer, 'windows-1258');
  const text = isVietnamese(vietnamese) ? vietnamese.normalize('NFC') : iconv.decode(buffer, 'windows-1252');
  if (text.includes('\ufffd')) throw new SheetError('unsupported_encoding', { found: 'unknown' });
  return text;
}
