import type { Pen } from '../paper/pen';
import type { TextStyle } from '../paper/text';
import type { Typefaces } from '../paper/typeface';
import type { Amount, Language } from '../paper/words';

/** A4 in points, with the margins of the statement. */
export const sheet = { width: 595.28, height: 841.89, left: 42, right: 553.28, top: 40, bottom: 786 } as const;
export const inner = sheet.right - sheet.left;

export const colors = {
  ink: '#16191d',
  soft: '#5c6570',
  rule: '#d3d8dd',
  faint: '#eceff1',
  wash: '#f4f7f7',
  accent: '#0b6a70',
} as const;

/** One scale: 7, 8.5, 10.5, 16. */
export const styles = {
  small: { face: 'regular', size: 7, leading: 10 },
  label: { face: 'medium', size: 7, leading: 10 },
  body: { face: 'regular', size: 8.5, leading: 13 },
  medium: { face: 'medium', size: 8.5, leading: 13 },
  strong: { face: 'semibold', size: 8.5, leading: 13 },
  head: { face: 'semibold', size: 10.5, leading: 15 },
  title: { face: 'semibold', size: 16, leading: 22 },
} satisfies Record<string, TextStyle>;

/** What every part of the page needs to write itself. */
export interface Setting {
  fonts: Typefaces;
  language: Language;
  money(value: Amount): string;
}

/** The baseline of a line whose box begins at `top`. */
export const baseline = (style: TextStyle, top: number) => top + style.leading * 0.73;

export const rule = (pen: Pen, y: number, color: string = colors.rule) => pen.rule(sheet.left, y, inner, color);
