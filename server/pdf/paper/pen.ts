import { shorten, type TextStyle, widthOf } from './text';
import type { Typefaces } from './typeface';

/** What is used of the painter that a react-pdf canvas hands out; it is the PDF writer itself. */
export interface Painter {
  font(file: unknown, name: string): Painter;
  fontSize(size: number): Painter;
  fillColor(color: Paint): Painter;
  text(text: string, x: number, y: number, options: { lineBreak: false; baseline: 'alphabetic' }): Painter;
  rect(x: number, y: number, width: number, height: number): Painter;
  roundedRect(x: number, y: number, width: number, height: number, radius: number): Painter;
  moveTo(x: number, y: number): Painter;
  lineTo(x: number, y: number): Painter;
  lineWidth(width: number): Painter;
  strokeColor(color: string): Painter;
  dash(length: number, options: { space: number }): Painter;
  stroke(): Painter;
  fill(color?: string): Painter;
  save(): Painter;
  restore(): Painter;
}

export interface Placing {
  align?: 'left' | 'right' | 'center';
  color?: string;
  /** Longer text ends in an ellipsis. */
  within?: number;
}

const ON_BASELINE = { lineBreak: false, baseline: 'alphabetic' } as const;

type Paint = [red: number, green: number, blue: number];
const paints = new Map<string, Paint>();

/** A colour (`#rrggbb`) in hundredths, which the writer divides by 255: it would write sixteen digits a channel, thousands of times. */
function colorOf(color: string): Paint {
  const known = paints.get(color);
  if (known) return known;
  const channel = (at: number) => (Math.round((Number.parseInt(color.slice(at, at + 2), 16) / 255) * 100) / 100) * 255;
  const paint: Paint = [channel(1), channel(3), channel(5)];
  paints.set(color, paint);
  return paint;
}

/** Draws on one page. Coordinates are points from the top left; text stands on its baseline. */
export class Pen {
  readonly fonts: Typefaces;
  readonly #painter: Painter;
  readonly #color: string;
  #filled = '';
  #style: TextStyle | null = null;

  constructor(painter: Painter, fonts: Typefaces, color: string) {
    this.#painter = painter;
    this.fonts = fonts;
    this.#color = color;
  }

  text(text: string, x: number, baseline: number, style: TextStyle, placing: Placing = {}): void {
    if (!text) return;
    const { align = 'left', color = this.#color, within } = placing;
    const shown = within === undefined ? text : shorten(this.fonts, style, text, within);
    const width = align === 'left' ? 0 : widthOf(this.fonts, style, shown);
    const left = align === 'right' ? x - width : align === 'center' ? x - width / 2 : x;
    this.#fill(color);
    this.#set(style);
    this.#painter.text(shown, left, baseline, ON_BASELINE);
  }

  /** A thin horizontal line. */
  rule(x: number, y: number, width: number, color: string, thickness = 0.5): void {
    this.box(x, y - thickness / 2, width, thickness, color);
  }

  dashes(x: number, y: number, width: number): void {
    this.#painter.save().lineWidth(0.6).strokeColor(this.#color).dash(2, { space: 2 });
    this.#painter.moveTo(x, y).lineTo(x + width, y);
    this.#painter.stroke().restore();
  }

  box(x: number, y: number, width: number, height: number, color: string): void {
    this.#fill(color);
    this.#painter.rect(x, y, width, height).fill();
  }

  frame(x: number, y: number, width: number, height: number, radius: number, color: string): void {
    this.#painter.lineWidth(0.5).strokeColor(color).roundedRect(x, y, width, height, radius).stroke();
  }

  /** Many boxes in one colour and one path: the modules of a code, without hairlines between them. */
  boxes(boxes: readonly (readonly [x: number, y: number, width: number, height: number])[], color: string): void {
    if (boxes.length === 0) return;
    this.#fill(color);
    for (const [x, y, width, height] of boxes) this.#painter.rect(x, y, width, height);
    this.#painter.fill();
  }

  #set(style: TextStyle): void {
    if (this.#style === style) return;
    if (this.#style?.face !== style.face) this.#painter.font(this.fonts[style.face].file, style.face);
    if (this.#style?.size !== style.size) this.#painter.fontSize(style.size);
    this.#style = style;
  }

  #fill(color: string): void {
    if (this.#filled === color) return;
    this.#painter.fillColor(colorOf(color));
    this.#filled = color;
  }
}
