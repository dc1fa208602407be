import iconv from 'iconv-lite';
import type { TextEncodingName } from '@/server/domain/encoding';
import { isVietnamese } from '@/server/domain/vietnamese';
import { isWestern } from './alphabets';
import { SheetError } from './port';

/** How much is decoded at a time: a file is never whole in memory as text. */
const PIECE = 1024 * 1024;

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
  // A combining mark has a zero half on the other side (U+0300): some of those are no objection.
  if (odd > many && even * 8 < odd) return 'utf-16le';
  if (even > many && odd * 8 < even) return 'utf-16be';
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

/** The text in pieces; null at the first bytes that are none in this encoding. */
function* piecesOf(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): Generator<string | null> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let at = 0; at < bytes.length; at += PIECE) {
    try {
      yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: at + PIECE < bytes.length });
    } catch {
      yield null;
      return;
    }
  }
}

const isText = (bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): boolean => {
  for (const piece of piecesOf(bytes, encoding)) if (piece === null) return false;
  return true;
};

/** The letters of Vietnamese and of the West: bytes of Windows text that happen to be UTF-8 as well hardly ever make one. */
const isLatinLetter = (code: number) => (code >= 0xc0 && code <= 0x24f) || (code >= 0x1e00 && code <= 0x1eff);

/** How the lines of a file are read as UTF-8: those with a broken byte, and those with letters in it and none broken. */
class Utf8Lines {
  broken = 0;
  whole = 0;
  firstBroken = 0;
  firstWhole = 0;
  #line = 1;
  #isBroken = false;
  #hasLetters = false;

  take(code: number): void {
    if (code === 0x0a || code === 0x0d) {
      this.end();
      if (code === 0x0a) this.#line += 1;
    } else if (code === 0xfffd) {
      this.#isBroken = true;
      this.firstBroken ||= this.#line;
    } else if (isLatinLetter(code)) this.#hasLetters = true;
  }

  end(): void {
    if (this.#isBroken) this.broken += 1;
    else if (this.#hasLetters) {
      this.whole += 1;
      this.firstWhole ||= this.#line;
    }
    this.#isBroken = false;
    this.#hasLetters = false;
  }
}

/** One line in so many may be UTF-8 by chance. */
const BY_CHANCE = 100;

/**
 * A file that is UTF-8 but for a few bytes must not be taken for Windows text: every accented name in it would be
 * garbled without a word. Nor may one of which some lines are UTF-8, as where two exports were pasted together. So the place of the
 * first broken byte is reported instead, or the first of the lines that are fewer.
 */
function refuseBrokenUtf8(bytes: Uint8Array): void {
  const decoder = new TextDecoder('utf-8');
  const lines = new Utf8Lines();
  let broken = 0;
  let good = 0;
  for (let at = 0; at < bytes.length; at += PIECE) {
    const text = decoder.decode(bytes.subarray(at, at + PIECE), { stream: at + PIECE < bytes.length });
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      lines.take(code);
      if (code === 0xfffd) broken += 1;
      else if (code > 0x7f) good += 1;
    }
  }
  lines.end();
  const isSpoilt = good > 4 * broken;
  const isMixed = lines.whole > 0 && lines.whole * BY_CHANCE >= lines.broken;
  if (lines.firstBroken === 0 || !(isSpoilt || isMixed)) return;
  const place = isSpoilt || lines.whole >= lines.broken ? lines.firstBroken : lines.firstWhole;
  throw new SheetError('unsupported_encoding', { place: `line ${place}`, found: 'utf-8' });
}

/** Some of the file's lines that are no ASCII: enough to detect an encoding. */
function foreignSample(bytes: Uint8Array): Buffer {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines: Buffer[] = [];
  let size = 0;
  for (let at = 0; at < buffer.length && size < PIECE; ) {
    const found = buffer.indexOf(0x0a, at);
    const end = Math.min(found < 0 ? buffer.length : found + 1, at + 64 * 1024);
    const line = buffer.subarray(at, end);
    if (line.some((byte) => byte > 0x7f)) {
      lines.push(line);
      size += line.length;
    }
    at = end;
  }
  return Buffer.concat(lines);
}

/**
 * The encoding of a file that people export: by its byte order mark, then UTF-16, strict UTF-8, Windows-1258 or 1252. Throws
 * `unsupported_encoding` where it is none of these: text of another alphabet is never read as if it were Latin.
 */
export function detectEncoding(bytes: Uint8Array): TextEncodingName {
  const unicode = marked(bytes) ?? bareUtf16(bytes);
  if (unicode) {
    if (!isText(bytes, unicode)) throw new SheetError('unsupported_encoding', { found: unicode });
    return unicode;
  }
  if (isText(bytes, 'utf-8')) return 'utf-8';
  refuseBrokenUtf8(bytes);
  const sample = foreignSample(bytes);
  if (isVietnamese(iconv.decode(sample, 'windows-1258'))) return 'windows-1258';
  const western = iconv.decode(sample, 'windows-1252');
  if (western.includes('\ufffd') || !isWestern(western)) {
    throw new SheetError('unsupported_encoding', { found: 'unknown' });
  }
  return 'windows-1252';
}

/** The text of a file in pieces of about a megabyte, without its byte order mark. Throws `unsupported_encoding`. */
export function* decodeText(bytes: Uint8Array, encoding: TextEncodingName): Generator<string> {
  const refuse = (): never => {
    throw new SheetError('unsupported_encoding', { found: encoding });
  };
  if (encoding === 'utf-8' || encoding === 'utf-16le' || encoding === 'utf-16be') {
    for (const piece of piecesOf(bytes, encoding)) yield piece ?? refuse();
    return;
  }
  const decoder = iconv.getDecoder(encoding);
  const tidy = (text: string) => {
    if (text.includes('\ufffd')) refuse();
    return encoding === 'windows-1258' ? text.normalize('NFC') : text;
  };
  // A tone mark belongs to the letter before it: pieces of Windows-1258 are cut where a line ends.
  let rest = '';
  for (let at = 0; at < bytes.length; at += PIECE) {
    const slice = bytes.subarray(at, at + PIECE);
    const text = rest + decoder.write(Buffer.from(slice.buffer, slice.byteOffset, slice.byteLength));
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) yield tidy(text.slice(0, end));
    rest = text.slice(end);
    if (rest.length > 4 * PIECE) throw new SheetError('too_long', { place: 'line', limit: 4 * PIECE });
  }
  const last = rest + (decoder.end() ?? '');
  if (last) yield tidy(last);
}
