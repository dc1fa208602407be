import type { Face, Typefaces } from './typeface';

/** A way to set text: one of the few on the scale. `leading` is the distance between baselines, in points. */
export interface TextStyle {
  face: Face;
  size: number;
  leading: number;
}

export const widthOf = (fonts: Typefaces, style: TextStyle, text: string) =>
  fonts[style.face].widthOf(text) * style.size;

/** Cuts a word that is wider than the line, such as a hash or an address without spaces. */
function breakWord(fonts: Typefaces, style: TextStyle, word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece && widthOf(fonts, style, piece + letter) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
}

/** Lines no wider than `width`, broken at spaces. No hyphens: Vietnamese has none, and codes must copy whole. */
export function wrap(fonts: Typefaces, style: TextStyle, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n\t]+/).filter(Boolean)) {
    const joined = line ? `${line} ${word}` : word;
    if (widthOf(fonts, style, joined) <= width) {
      line = joined;
      continue;
    }
    if (line) lines.push(line);
    const pieces = breakWord(fonts, style, word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return line || lines.length === 0 ? [...lines, line] : lines;
}

/** One line, ended by an ellipsis where it would be wider than `width`. */
export function shorten(fonts: Typefaces, style: TextStyle, text: string, width: number): string {
  // Most texts fit however wide their letters are, and need not be measured.
  if (text.length * fonts[style.face].widest * style.size <= width || widthOf(fonts, style, text) <= width) return text;
  const letters = [...text];
  let low = 0;
  let high = letters.length;
  const cut = (count: number) => `${letters.slice(0, count).join('').trimEnd()}…`;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(fonts, style, cut(middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return cut(low);
}
