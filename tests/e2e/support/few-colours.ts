import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture dot by dot: three bytes each, red, green, blue. */
export type Dots = { width: number; height: number; rgb: Uint8Array };
export type Box = { x: number; y: number; width: number; height: number };

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Grounds and inks keep their colours; of the shades at the edges of letters each becomes the nearest that is kept. */
const COLOURS = 96;

/** What the five filters of PNG take a byte to be, from its left, the one above, and the one left of that. */
function foretold(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const estimate = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}

/** Reads a picture as a browser takes it: eight bits a channel, no interlace, opaque. */
export function readDots(png: Buffer): Dots {
  const [width, height, depth, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]];
  if (depth !== 8 || (kind !== 2 && kind !== 6))
    throw new Error(`not a browser's picture: ${depth} bits, kind ${kind}`);
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const step = kind === 6 ? 4 : 3;
  const line = width * step;
  const rgb = new Uint8Array(width * height * 3);
  let above = new Uint8Array(line);
  for (let y = 0; y < height; y += 1) {
    const begin = y * (line + 1);
    const filter = raw[begin] ?? 0;
    const bytes = new Uint8Array(line);
    for (let x = 0; x < line; x += 1) {
      const left = x < step ? 0 : (bytes[x - step] ?? 0);
      const corner = x < step ? 0 : (above[x - step] ?? 0);
      bytes[x] = (raw[begin + 1 + x] ?? 0) + foretold(filter, left, above[x] ?? 0, corner);
    }
    for (let x = 0; x < width; x += 1) rgb.set(bytes.subarray(x * step, x * step + 3), (y * width + x) * 3);
    above = bytes;
  }
  return { width, height, rgb };
}

/** A part of a picture; what of the box stands outside is left out. */
export function cut(dots: Dots, box: Box): Dots {
  const x = Math.max(0, Math.round(box.x));
  const y = Math.max(0, Math.round(box.y));
  const width = Math.min(dots.width - x, Math.round(box.width));
  const height = Math.min(dots.height - y, Math.round(box.height));
  const rgb = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const from = ((y + row) * dots.width + x) * 3;
    rgb.set(dots.rgb.subarray(from, from + width * 3), row * width * 3);
  }
  return { width, height, rgb };
}

function nearest(colour: number, kept: readonly number[]): number {
  const distance = (other: number) =>
    ((colour >> 16) - (other >> 16)) ** 2 +
    (((colour >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
    ((colour & 255) - (other & 255)) ** 2;
  return kept.reduce((best, other, at) => (distance(other) < distance(kept[best] ?? 0) ? at : best), 0);
}

const part = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, body, sum]);
};

/** The picture as a PNG of few colours: a third of the bytes, and nothing that an eye would miss. The same dots make the same bytes. */
export function fewColours({ width, height, rgb }: Dots): Buffer {
  const colourAt = (dot: number) =>
    ((rgb[dot * 3] ?? 0) << 16) | ((rgb[dot * 3 + 1] ?? 0) << 8) | (rgb[dot * 3 + 2] ?? 0);
  const counts = new Map<number, number>();
  for (let dot = 0; dot < width * height; dot += 1) {
    const colour = colourAt(dot);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const kept = [...counts].sort(([one, many], [other, more]) => more - many || one - other).slice(0, COLOURS);
  const palette = kept.map(([colour]) => colour);
  const places = new Map([...counts.keys()].map((colour) => [colour, nearest(colour, palette)]));
  const lines = Buffer.alloc((width + 1) * height);
  for (let dot = 0; dot < width * height; dot += 1) {
    lines[dot + Math.floor(dot / width) + 1] = places.get(colourAt(dot)) ?? 0;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    part('IHDR', head),
    part('PLTE', Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    part('IDAT', deflateSync(lines, { level: 9 })),
    part('IEND', Buffer.alloc(0)),
  ]);
}
