import { inflateSync } from 'node:zlib';

/** For tests: what a reader of the PDF finds in it, without a PDF library. Understands what our own writer makes, no more. */
export interface ReadPdf {
  pages: number;
  /** Lines of text in drawing order. */
  lines: string[];
  text: string;
  /** PostScript names of the fonts that are referred to; `embedded` those whose file is inside. */
  fonts: string[];
  embedded: string[];
  /** Whether some text was drawn with the empty glyph that stands for a missing one. */
  missingGlyphs: boolean;
}

interface PdfObject {
  dictionary: string;
  stream: string;
}

function objectsOf(pdf: string): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>();
  for (const [, id = '', body = ''] of pdf.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const begin = body.indexOf('stream\n');
    const dictionary = begin < 0 ? body : body.slice(0, begin);
    const raw = begin < 0 ? '' : body.slice(begin + 7, body.lastIndexOf('\nendstream'));
    const packed = dictionary.includes('/FlateDecode');
    objects.set(id, { dictionary, stream: packed ? inflateSync(Buffer.from(raw, 'latin1')).toString('latin1') : raw });
  }
  return objects;
}

const utf16 = (hex: string) => Buffer.from(hex.replace(/\s/g, ''), 'hex').swap16().toString('utf16le');

/** Glyph number → text, from a font's `ToUnicode` table. */
function unicodeOf(table: string): Map<number, string> {
  const glyphs = new Map<number, string>();
  for (const [, from = '0', list = ''] of table.matchAll(/<([\da-f]+)> <[\da-f]+> \[([^\]]*)\]/gi)) {
    for (const [index, [, code = '']] of [...list.matchAll(/<([\da-f ]*)>/gi)].entries()) {
      glyphs.set(Number.parseInt(from, 16) + index, utf16(code));
    }
  }
  return glyphs;
}

function fontTables(objects: Map<string, PdfObject>): Map<string, Map<number, string>> {
  const tables = new Map<string, Map<number, string>>();
  for (const { dictionary } of objects.values()) {
    for (const [, name = '', reference = ''] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(reference)?.dictionary ?? '')?.[1] ?? '';
      tables.set(name, unicodeOf(objects.get(unicode)?.stream ?? ''));
    }
  }
  return tables;
}

function glyphsOf(shown: string): number[] {
  const hex = [...shown.matchAll(/<([\da-f]+)>/gi)].map(([, digits = '']) => digits).join('');
  return (hex.match(/.{4}/g) ?? []).map((digits) => Number.parseInt(digits, 16));
}

const names = (objects: Map<string, PdfObject>, pattern: RegExp) => [
  ...new Set(
    [...objects.values()].flatMap(({ dictionary }) =>
      [...dictionary.matchAll(pattern)].map(([, name = '']) => name.replace(/^[A-Z]{6}\+/, '')),
    ),
  ),
];

export function readPdf(bytes: Buffer): ReadPdf {
  const objects = objectsOf(bytes.toString('latin1'));
  const tables = fontTables(objects);
  const lines: string[] = [];
  let missingGlyphs = false;
  for (const { stream } of objects.values()) {
    for (const [, block = ''] of stream.matchAll(/BT\n([\s\S]*?)\nET/g)) {
      const table = tables.get(/\/(F\d+) [\d.]+ Tf/.exec(block)?.[1] ?? '');
      const glyphs = [...block.matchAll(/\[(.*?)\] TJ/g)].flatMap(([, shown = '']) => glyphsOf(shown));
      missingGlyphs ||= glyphs.includes(0);
      lines.push(glyphs.map((glyph) => table?.get(glyph) ?? '\ufffd').join(''));
    }
  }
  return {
    pages: [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary)).length,
    lines,
    text: lines.join('\n'),
    fonts: names(objects, /\/BaseFont \/(\S+)/g),
    embedded: names(objects, /\/FontName \/(\S+)[\s\S]*?\/FontFile2/g),
    missingGlyphs,
  };
}
