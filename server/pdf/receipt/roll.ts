import { renderBarcode, renderQr } from '../paper/codes';
import type { Block } from '../paper/paginate';
import { type TextStyle, widthOf, wrap } from '../paper/text';
import type { Typefaces } from '../paper/typeface';

/** An 80 mm roll, of which thermal heads print 72 mm. They print black or nothing: there is no grey here. */
export const ROLL_WIDTH = (80 / 25.4) * 72;
const MARGIN = (4 / 25.4) * 72;
const INNER = ROLL_WIDTH - 2 * MARGIN;
const RIGHT = ROLL_WIDTH - MARGIN;
const MIDDLE = ROLL_WIDTH / 2;
export const BLACK = '#000000';

export const styles = {
  small: { face: 'regular', size: 7.5, leading: 10 },
  body: { face: 'regular', size: 8.5, leading: 11.5 },
  strong: { face: 'semibold', size: 8.5, leading: 11.5 },
  head: { face: 'semibold', size: 10.5, leading: 14 },
  total: { face: 'semibold', size: 13, leading: 18 },
} satisfies Record<string, TextStyle>;

/** Where the baseline lies in a line: Be Vietnam Pro stacks two marks on a capital, so there is air above. */
const baseline = (style: TextStyle) => style.leading * 0.76;

export const space = (height: number): Block => ({ height, draw: () => {} });

export const cut: Block = { height: 11, draw: (pen, top) => pen.dashes(MARGIN, top + 5.5, INNER) };

export function centred(fonts: Typefaces, style: TextStyle, text: string): Block {
  const lines = wrap(fonts, style, text, INNER);
  return {
    height: lines.length * style.leading,
    draw(pen, top) {
      for (const [index, line] of lines.entries()) {
        pen.text(line, MIDDLE, top + index * style.leading + baseline(style), style, { align: 'center' });
      }
    },
  };
}

/** A label with its value at the right edge; a long value goes on below, still to the right. */
export function pair(fonts: Typefaces, label: string, value: string, style: TextStyle = styles.body): Block {
  const labelStyle = style === styles.body ? styles.small : style;
  const room = INNER - widthOf(fonts, labelStyle, label) - 8;
  const lines = wrap(fonts, style, value, room);
  return {
    height: lines.length * style.leading,
    draw(pen, top) {
      pen.text(label, MARGIN, top + baseline(style), labelStyle);
      for (const [index, line] of lines.entries()) {
        pen.text(line, RIGHT, top + index * style.leading + baseline(style), style, { align: 'right' });
      }
    },
  };
}

/** What was bought: the name may take several lines, the amount stands beside the last one; details stand below. */
export function item(fonts: Typefaces, name: string, net: string, detail: string): Block {
  const { body, strong, small } = styles;
  const lines = wrap(fonts, body, name, INNER - widthOf(fonts, strong, net) - 10);
  const details = wrap(fonts, small, detail, INNER);
  const namesHeight = lines.length * body.leading;
  return {
    height: namesHeight + details.length * small.leading + 3,
    draw(pen, top) {
      for (const [index, line] of lines.entries()) {
        pen.text(line, MARGIN, top + index * body.leading + baseline(body), body);
      }
      pen.text(net, RIGHT, top + (lines.length - 1) * body.leading + baseline(body), strong, { align: 'right' });
      for (const [index, line] of details.entries()) {
        pen.text(line, MARGIN, top + namesHeight + index * small.leading + baseline(small), small);
      }
    },
  };
}

export const barcode = (text: string): Block => ({
  height: 34,
  draw: (pen, top) => renderBarcode(pen, text, MARGIN, top + 2, INNER, 30, BLACK),
});

const QR_SIZE = 78;
export const qr = (url: string): Block => ({
  height: QR_SIZE + 8,
  draw: (pen, top) => renderQr(pen, url, MIDDLE - QR_SIZE / 2, top + 4, QR_SIZE, BLACK),
});
