import bwipjs from 'bwip-js/node';
import qrcode from 'qrcode';
import type { Pen } from './pen';

/** QR modules as boxes, runs of a row joined. Level M still reads with a tenth of it smudged. */
export function renderQr(pen: Pen, text: string, x: number, y: number, size: number, color: string): void {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const unit = size / modules.size;
  const boxes: [number, number, number, number][] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (!modules.get(row, column)) continue;
      let run = 1;
      while (column + run < modules.size && modules.get(row, column + run)) run += 1;
      boxes.push([x + column * unit, y + row * unit, run * unit, unit]);
      column += run;
    }
  }
  pen.boxes(boxes, color);
}

/** Code 128 bars across `width`, at most 1.2 points a module so that a short number does not sprawl; centred. */
export function renderBarcode(
  pen: Pen,
  text: string,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
) {
  const [code] = bwipjs.raw('code128', text);
  if (!code || !('sbs' in code)) return;
  const total = code.sbs.reduce((sum, size) => sum + size, 0);
  const unit = Math.min(width / total, 1.2);
  let left = x + (width - total * unit) / 2;
  const boxes: [number, number, number, number][] = [];
  for (const [index, size] of code.sbs.entries()) {
    if (index % 2 === 0) boxes.push([left, y, size * unit, height]);
    left += size * unit;
  }
  pen.boxes(boxes, color);
}
