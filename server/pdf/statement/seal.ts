import { renderQr } from '../paper/codes';
import { formatInstant } from '../paper/format';
import type { Block } from '../paper/paginate';
import { wrap } from '../paper/text';
import { baseline, colors, inner, type Setting, sheet, styles } from './sheet';
import { statementTexts } from './texts';
import type { StatementView } from './view-model';

const QR = 72;
const PADDING = 10;

/** The proof at the end: what was sealed when, and the address where anyone can check it. */
export function sealBlocks({ seal, timeZone }: StatementView, { fonts, language }: Setting): Block[] {
  if (!seal) return [];
  const texts = statementTexts[language];
  const x = sheet.left + QR + 2 * PADDING + 4;
  const width = sheet.right - PADDING - x;
  const lines = [
    ...wrap(fonts, styles.small, texts.verify, width),
    ...wrap(fonts, styles.small, seal.verifyUrl, width),
    ...wrap(fonts, styles.small, `${texts.hash}: ${seal.hash}`, width),
  ];
  const box = Math.max(QR + 2 * PADDING, 34 + lines.length * styles.small.leading);
  return [
    {
      height: box + 18,
      draw(pen, top) {
        const y = top + 16;
        pen.frame(sheet.left, y, inner, box, 6, colors.rule);
        renderQr(pen, seal.verifyUrl, sheet.left + PADDING, y + (box - QR) / 2, QR, colors.ink);
        const sealed = texts.sealed(formatInstant(seal.sealedAt, timeZone));
        pen.text(sealed, x, baseline(styles.strong, y + 10), styles.strong);
        for (const [index, line] of lines.entries()) {
          const at = baseline(styles.small, y + 26 + index * styles.small.leading);
          pen.text(line, x, at, styles.small, { color: colors.soft });
        }
      },
    },
  ];
}
