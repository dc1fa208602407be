import { join } from 'node:path';
import { Font } from '@react-pdf/renderer';

/**
 * Be Vietnam Pro with tabular figures, whole files: web subsets draw Vietnamese with wrong glyphs while the text still
 * copies well. How they are made stands in fonts/make-fonts.py, the licence in fonts/OFL.txt.
 */
const FAMILY = 'Be Vietnam Pro';
const FOLDER = 'server/pdf/fonts';
const weights = { regular: 400, medium: 500, semibold: 600 } as const;

export type Face = keyof typeof weights;

/** Where the glyphs of a text stand, in units of the font; `advanceWidth` adds them up when it is asked. */
interface Layout {
  positions: object[];
  readonly advanceWidth: number;
}

/** What is used of a parsed font. The PDF writer takes the same object, so a process parses each file once. */
export interface FontFile {
  unitsPerEm: number;
  hhea: { advanceWidthMax: number };
  layout(text: string, features?: object): Layout;
  hasGlyphForCodePoint(code: number): boolean;
}

export interface Typeface {
  face: Face;
  file: FontFile;
  /** Advance of the widest letter at size 1. */
  widest: number;
  /** Advance of a text at size 1. */
  widthOf(text: string): number;
}

/** Codes, names of services and round amounts come again and again; what comes once is soon forgotten. */
const MOST_WORDS = 5_000;

/** The writer scales the positions that it is given: they are its own. */
const copyOf = (kept: Layout): Layout =>
  Object.create(kept, { positions: { value: kept.positions.map((position) => ({ ...position })) } });

/** The writer lays out each word of each document again; a word that was laid out before stands as it did. */
function cacheLayouts(file: FontFile): void {
  const layout = file.layout.bind(file);
  const words = new Map<string, Layout>();
  file.layout = (text, features) => {
    if (features) return layout(text, features);
    const known = words.get(text);
    if (known) return copyOf(known);
    if (words.size === MOST_WORDS) words.clear();
    const made = layout(text);
    words.set(text, made);
    return copyOf(made);
  };
}

/** Pair kerning is learnt once for each pair: measuring then costs a few look-ups a letter, not a layout a text. */
function measure(file: FontFile): (text: string) => number {
  const singles = new Map<string, number>();
  const pairs = new Map<string, number>();
  const advance = (text: string) => file.layout(text).advanceWidth / file.unitsPerEm;
  const single = (letter: string) => {
    const known = singles.get(letter);
    if (known !== undefined) return known;
    const width = advance(letter);
    singles.set(letter, width);
    return width;
  };
  const kerning = (pair: string, left: string, right: string) => {
    const known = pairs.get(pair);
    if (known !== undefined) return known;
    const width = advance(pair) - single(left) - single(right);
    pairs.set(pair, width);
    return width;
  };
  const words = new Map<string, number>();
  const sumOf = (letters: string) => {
    let width = 0;
    let previous = '';
    for (const letter of letters) {
      width += single(letter);
      if (previous) width += kerning(previous + letter, previous, letter);
      previous = letter;
    }
    return width;
  };
  const word = (letters: string) => {
    const known = words.get(letters);
    if (known !== undefined) return known;
    if (words.size === MOST_WORDS) words.clear();
    const width = sumOf(letters);
    words.set(letters, width);
    return width;
  };
  // The writer lays out word by word, each with the space after it.
  return (text) => {
    let width = 0;
    let begin = 0;
    for (let space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', begin)) {
      width += word(text.slice(begin, space + 1));
      begin = space + 1;
    }
    return begin < text.length ? width + word(text.slice(begin)) : width;
  };
}

async function load(face: Face): Promise<Typeface> {
  const descriptor = { fontFamily: FAMILY, fontWeight: weights[face] };
  await Font.load(descriptor);
  const data: unknown = Font.getFont(descriptor).data;
  if (!data) throw new Error(`The paper font of weight ${weights[face]} could not be read.`);
  const file = data as FontFile;
  cacheLayouts(file);
  return { face, file, widest: file.hhea.advanceWidthMax / file.unitsPerEm, widthOf: measure(file) };
}

export type Typefaces = Record<Face, Typeface>;

let loaded: Promise<Typefaces> | null = null;

async function loadAll(): Promise<Typefaces> {
  const fonts = Object.values(weights).map((weight) => ({
    src: join(process.cwd(), FOLDER, `be-vietnam-pro-${weight}.ttf`),
    fontWeight: weight,
  }));
  Font.register({ family: FAMILY, fonts });
  Font.registerHyphenationCallback((word) => [word]);
  const [regular, medium, semibold] = await Promise.all([load('regular'), load('medium'), load('semibold')]);
  return { regular, medium, semibold };
}

/** The three faces of all papers, parsed once a process. */
export function loadTypefaces(): Promise<Typefaces> {
  loaded ??= loadAll();
  return loaded;
}
