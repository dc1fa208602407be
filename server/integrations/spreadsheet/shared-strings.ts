import { SheetError } from './port';
import { decodeEntities } from './workbook-directory';

const ITEM = /<(?:\w+:)?si(?:\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g;
const TEXT = /<(?:\w+:)?t(?:\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?t>)/g;
const PHONETIC = /<(?:\w+:)?rPh[\s>][\s\S]*?<\/(?:\w+:)?rPh>/g;

/** Text as XML writes it, with Excel's own `_x000D_` for what XML cannot hold. */
function decode(raw: string): string {
  const text = raw.includes('<![CDATA[')
    ? raw.replace(/<!\[CDATA\[([\s\S]*?)\]\]>|([^<]+)/g, (_, data, rest) => data ?? decodeEntities(rest ?? ''))
    : decodeEntities(raw);
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\da-f]{4})_/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The runs of a string joined; readings of Chinese characters are no part of it. */
function textOf(item: string): string {
  let text = '';
  for (const [, run = ''] of item.replace(PHONETIC, '').matchAll(TEXT)) text += decode(run);
  return text;
}

/**
 * The table of strings that most cells point into. A workbook of 100,000 rows may have three times as many, for which a
 * tree of the whole part would take hundreds of megabytes.
 */
export async function readSharedStrings(pieces: AsyncIterable<Buffer>): Promise<string[]> {
  const strings: string[] = [];
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const piece of pieces) {
    rest += decoder.decode(piece, { stream: true });
    let end = 0;
    for (const found of rest.matchAll(ITEM)) {
      strings.push(textOf(found[1] ?? ''));
      end = found.index + found[0].length;
    }
    rest = rest.slice(end);
  }
  return strings;
}

const NOUGHT = 0x30;
const HIDDEN_NOUGHT = 0x10;
const [LESS, GREATER, CELL, BLANK] = [0x3c, 0x3e, 0x63, 0x20];
const POINTER = Buffer.from(' t="s"');

/** Rewrites the attribute as writers usually write it, in as many bytes. */
const usual = (tag: string) => tag.replace(/\st\s*=\s*(["'])s\1/, (found) => ' t="s"'.padEnd(found.length));
const UNUSUAL = /\st(?:='s'|\s+=\s*["']s["']|=\s+["']s["'])/;

/** Whether the byte at `at` lies in the tag of a cell. Cells come whole, so the tag's beginning is in the same piece. */
function inCellTag(piece: Buffer, at: number): boolean {
  let begin = at;
  while (begin >= 0 && piece[begin] !== LESS && piece[begin] !== GREATER) begin -= 1;
  if (piece[begin] !== LESS) return false;
  if (piece[begin + 1] === CELL && piece[begin + 2] === BLANK) return true;
  return /^<\w+:c\s/.test(piece.toString('latin1', begin, Math.min(begin + 24, at + 1)));
}

/**
 * Makes cells that point into the string table come out of the row reader as pointers that nothing else can be mistaken
 * for: the cell becomes one of an error, whose value is passed on as it stands, and the digits of its value become
 * control characters, which XML has no other way to contain. Whole cells only, also read as Latin-1 in `text`; nothing
 * changes its length.
 */
export function hidePointers(piece: Buffer, text: string): Buffer {
  const bytes = UNUSUAL.test(text) ? Buffer.from(text.replace(/<(?:\w+:)?c\s[^>]*>/g, usual), 'latin1') : piece;
  for (let at = bytes.indexOf(POINTER); at >= 0; at = bytes.indexOf(POINTER, at + POINTER.length)) {
    if (!inCellTag(bytes, at)) continue;
    bytes[at + 4] = 0x65;
    const value = bytes.indexOf(GREATER, bytes.indexOf(LESS, at)) + 1;
    for (let index = value; value > 0 && index < bytes.length; index += 1) {
      const digit = (bytes[index] ?? 0) - NOUGHT;
      if (digit < 0 || digit > 9) break;
      bytes[index] = HIDDEN_NOUGHT + digit;
    }
  }
  return bytes;
}

/** The string that a hidden pointer means; other text is returned as it is. */
export function followPointer(text: string, strings: readonly string[], place: string): string {
  const first = text.charCodeAt(0);
  if (first < HIDDEN_NOUGHT || first > HIDDEN_NOUGHT + 9) return text;
  let index = 0;
  for (let at = 0; at < text.length; at += 1) index = index * 10 + text.charCodeAt(at) - HIDDEN_NOUGHT;
  const found = strings[index];
  if (found === undefined) throw new SheetError('corrupt', { place, found: 'shared string' });
  return found;
}
