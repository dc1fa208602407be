import { type SaxesAttributePlain, SaxesParser } from 'saxes';
import { SheetError } from './port';

/** What a part's reader receives. Names come without their prefix; `attributes` are as they are written, prefixes included. */
export interface XmlVisitor {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/** Deeper than any part of a workbook. */
const DEEPEST = 64;
/** Excel's longest cell has 32,767 characters: no honest tag or text comes near. */
const LONGEST_TOKEN = 4 * 1024 * 1024;
/** The attributes of one tag; Excel's own have some twenty. */
const MOST_ATTRIBUTES = 256;

const localNames = new Map<string, string>();
function localName(name: string): string {
  const known = localNames.get(name);
  if (known !== undefined) return known;
  const local = name.slice(name.indexOf(':') + 1);
  if (localNames.size < 1_000) localNames.set(name, local);
  return local;
}

/** The attribute `name`, or that name under any prefix (the relation of a sheet is `r:id`, whatever `r` is called). */
export function prefixed(attributes: Readonly<Record<string, string>>, name: string): string | null {
  const found = Object.keys(attributes).find((key) => key === name || key.endsWith(`:${name}`));
  return found === undefined ? null : (attributes[found] ?? null);
}

/**
 * Writers use UTF-8; the standard allows UTF-16 with its mark. A byte that is no text is refused instead of being read as
 * U+FFFD, which would garble a name without a word.
 */
function decoderOf(first: Buffer, place: string): (piece?: Buffer) => string {
  const [a, b] = first;
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (piece) => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch (error) {
      throw new SheetError('corrupt', { place, found: encoding, cause: error });
    }
  };
}

/** A parser that throws at the first thing that is not well-formed, and at everything that a workbook has no need for. */
function strictParser(visitor: XmlVisitor, place: string, moved: () => void): SaxesParser {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let attributes = 0;
  parser.on('error', (error) => {
    throw new SheetError('corrupt', { place, found: 'xml', cause: error });
  });
  parser.on('doctype', () => {
    throw new SheetError('unsafe_xml', { place });
  });
  parser.on('attribute', (_: SaxesAttributePlain) => {
    attributes += 1;
    if (attributes > MOST_ATTRIBUTES) throw new SheetError('unsafe_xml', { place });
  });
  parser.on('opentag', (tag) => {
    moved();
    attributes = 0;
    depth += 1;
    if (depth > DEEPEST) throw new SheetError('unsafe_xml', { place });
    visitor.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    moved();
    depth -= 1;
    visitor.close(localName(tag.name));
  });
  const text = (value: string) => {
    moved();
    visitor.text(value);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  return parser;
}

/**
 * Reads a part as it is unpacked and holds no more of it than one tag or text. `between` is awaited after each piece. Throws
 * `corrupt` for what is not well-formed or ends too early, `unsafe_xml` for a document type, `too_long` for an endless token.
 */
export async function readXml(
  pieces: AsyncIterable<Buffer>,
  place: string,
  visitor: XmlVisitor,
  between?: () => Promise<void> | undefined,
): Promise<void> {
  let silent = 0;
  const parser = strictParser(visitor, place, () => {
    silent = 0;
  });
  let decode: ((piece?: Buffer) => string) | null = null;
  for await (const piece of pieces) {
    decode ??= decoderOf(piece, place);
    silent += piece.length;
    if (silent > LONGEST_TOKEN) throw new SheetError('too_long', { place, limit: LONGEST_TOKEN });
    parser.write(decode(piece));
    const pause = between?.();
    if (pause) await pause;
  }
  if (decode) parser.write(decode());
  parser.close();
  const pause = between?.();
  if (pause) await pause;
}
