/**
 * Text as it is kept: the same words typed in two ways become one. Every entry point passes what people wrote through `plainLine` or
 * `plainNote` once; the database holds the result by `is_plain_text()`.
 *
 * 1. What nobody sees goes: control characters, zero-width and direction marks, soft hyphens, the byte order mark, variation
 *    selectors, fillers (Unicode's Default_Ignorable_Code_Point, Cc, Cf), half surrogates and noncharacters.
 * 2. Every kind of space is a space; at the ends there is none, and inside never two.
 * 3. Full-width forms of ASCII, as some keyboards type them, are ASCII.
 * 4. Letters with their marks are composed (NFC): `ê` is one character however it was typed.
 * 5. No letter keeps more than three marks after that; no language needs more, and a hundred of them write over other rows.
 */

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/gu;
const BREAKS = /\r\n?|[\u0085\u2028\u2029]/g;
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FLOOD = /(\p{M}{3})\p{M}+/gu;

const narrow = (sign: string) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0);

// Almost every cell is Latin text, composed and singly spaced: one look is enough for it.
const ALREADY_PLAIN =
  /^(?:[\x21-\x7e\xa1-\xac\xae-\u024f\u1e00-\u1eff]+(?: [\x21-\x7e\xa1-\xac\xae-\u024f\u1e00-\u1eff]+)*)?$/;

/** One line of text as it is kept; '' where nothing of it is visible. */
export const plainLine = (written: string): string => (ALREADY_PLAIN.test(written) ? written : plainText(written));

// Cyrillic А, Greek Α, 𝐀 of formulas and Icelandic Ð are none of our letters and look like them.
const LOOKALIKE =
  /(?!\p{Script=Latin}|\p{Script=Greek}|\p{Script=Common}|\p{Script=Inherited})\p{L}|[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονÐðƉɖ]|[\u{1d400}-\u{1d7ff}]/u;

/** Whether a code has letters of another alphabet: people could not know it from the same code in ours, nor type it. */
export const hasLookalike = (code: string): boolean => LOOKALIKE.test(code);

/** Whether anything of a cell is seen. */
export const isVisible = (cell: string | null | undefined): boolean => Boolean(cell) && plainLine(cell ?? '') !== '';

function plainText(written: string): string {
  return written
    .replace(/[\t\n\v\f\r\u0085]/g, ' ')
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, narrow)
    .replace(/[\s\p{Z}]+/gu, ' ')
    .normalize('NFC')
    .replace(FLOOD, '$1')
    .trim();
}

/** As `plainLine`, of a text that may have several lines: line ends stay, as `\n`, no more than one empty line together. */
export const plainNote = (written: string): string =>
  written
    .replace(BREAKS, '\n')
    .split('\n')
    .map(plainLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    // At either end there are two line ends at most by now.
    .replace(/^\n{1,2}|\n{1,2}$/g, '');

/** A text cut to a cap without half a character at its end; for what is only shown, such as a title nobody asked for. */
export const cutTo = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

/**
 * The name of a file that somebody sent, as it is kept and shown: the last part of its path on either kind of system, without
 * anything invisible (a direction mark turns `gpj.exe` around) and without what a file system or a header refuses.
 */
export function plainFileName(written: string, most: number): string {
  const last = plainLine(written).split(/[\\/]/).at(-1) ?? '';
  const name = last.replace(/[<>:"|?*;]/g, '_').replace(/^[. ]+/, '');
  const at = name.lastIndexOf('.');
  const extension = at > 0 ? name.slice(at).slice(0, 10) : '';
  return at > 0 ? cutTo(name.slice(0, at), most - extension.length) + extension : cutTo(name, most);
}
