import { createRequire } from 'node:module';
import { Font } from '@react-pdf/renderer';

/** Be Vietnam Pro, whole files: subset fonts draw Vietnamese with wrong glyphs while the text still copies well. */
const FAMILY = 'Be Vietnam Pro';
const files = {
  regular: { weight: 400, path: '@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf' },
  medium: { weight: 500, path: '@expo-google-fonts/be-vietnam-pro/500Medium/BeVietnamPro_500Medium.ttf' },
  semibold: { weight: 600, path: '@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf' },
} as const;

export type Face = keyof typeof files;

/** What is used of a parsed font. The PDF writer takes the same object, so a thread parses each file once. */
interface FontFile {
  unitsPerEm: number;
  layout(text: string, ...rest: unknown[]): GlyphRun;
}

interface GlyphRun {
  readonly advanceWidth: number;
  glyphs: { advanceWidth: number }[];
  positions: { xAdvance: number }[];
}

export interface Typeface {
  face: Face;
  file: FontFile;
  /** Advance of a text at size 1. */
  widthOf(text: string): number;
}

const FIGURES = /^[-−]?\d[\d.,]*\s?$/;
const isDigit = (letter: string | undefined) => letter !== undefined && letter >= '0' && letter <= '9';

/**
 * The family has no tabular figures: its 1 is half as wide as its 4. So in words of figures alone every digit gets the
 * room of a nought, half of the difference on either side, and amounts stand in columns. The half before the first digit
 * falls away, which right-aligned text does not show.
 */
function standInColumns(file: FontFile): void {
  const layout = file.layout.bind(file);
  const cell = layout('0').advanceWidth;
  file.layout = (text, ...rest) => {
    const run = layout(text, ...rest);
    if (!FIGURES.test(text)) return run;
    const room = run.glyphs.map((glyph, index) => (isDigit(text[index]) ? (cell - glyph.advanceWidth) / 2 : 0));
    for (const [index, position] of run.positions.entries()) {
      position.xAdvance = (run.glyphs[index]?.advanceWidth ?? 0) + (room[index] ?? 0) + (room[index + 1] ?? 0);
    }
    return run;
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
  const word = (letters: string) => {
    if (FIGURES.test(letters)) return advance(letters);
    let width = 0;
    let previous = '';
    for (const letter of letters) {
      width += single(letter);
      if (previous) width += kerning(previous + letter, previous, letter);
      previous = letter;
    }
    return width;
  };
  // The writer lays out word by word, each with the space after it.
  return (text) => text.split(/(?<= )/).reduce((width, letters) => width + word(letters), 0);
}

async function load(face: Face): Promise<Typeface> {
  const descriptor = { fontFamily: FAMILY, fontWeight: files[face].weight };
  await Font.load(descriptor);
  const data: unknown = Font.getFont(descriptor).data;
  if (!data) throw new Error(`The font file ${files[face].path} could not be read.`);
  const file = data as FontFile;
  standInColumns(file);
  return { face, file, widthOf: measure(file) };
}

export type Typefaces = Record<Face, Typeface>;

let loaded: Promise<Typefaces> | null = null;

async function loadAll(): Promise<Typefaces> {
  const { resolve } = createRequire(import.meta.url);
  const fonts = Object.values(files).map(({ path, weight }) => ({ src: resolve(path), fontWeight: weight }));
  Font.register({ family: FAMILY, fonts });
  Font.registerHyphenationCallback((word) => [word]);
  const [regular, medium, semibold] = await Promise.all([load('regular'), load('medium'), load('semibold')]);
  return { regular, medium, semibold };
}

/** The three faces of all papers, parsed once a thread. */
export function loadTypefaces(): Promise<Typefaces> {
  loaded ??= loadAll();
  return loaded;
}
