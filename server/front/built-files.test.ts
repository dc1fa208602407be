import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compressStatic } from '../../scripts/lib/compress-static.mjs';
import { createBuiltFiles } from './built-files';

const SCRIPT = 'export const words = "as they are written";\n'.repeat(200);
let dist: string;
let server: Server;

beforeAll(async () => {
  dist = mkdtempSync(path.join(tmpdir(), 'built-files-'));
  mkdirSync(path.join(dist, 'static/chunks'), { recursive: true });
  writeFileSync(path.join(dist, 'static/chunks/a.js'), SCRIPT);
  writeFileSync(path.join(dist, 'static/letters.woff2'), 'letters');
  writeFileSync(path.join(dist, 'secret.js.br'), 'secret');
  await compressStatic(dist);
  const files = createBuiltFiles(path.join(dist, 'compressed'));
  server = createServer((asked, answer) => {
    if (!files(asked, answer)) answer.writeHead(404).end('application');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  rmSync(dist, { recursive: true });
});

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

const get = (address: string, encodings?: string, method = 'GET') =>
  new Promise<Answer>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const headers = encodings === undefined ? {} : { 'accept-encoding': encodings };
    request({ port, host: '127.0.0.1', path: address, method, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) }),
      );
    })
      .on('error', reject)
      .end();
  });

it('a static file comes by the best way that its reader knows, for good', async () => {
  const br = await get('/_next/static/chunks/a.js', 'gzip, deflate, br, zstd');
  expect(br.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'application/javascript; charset=UTF-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  });
  expect(brotliDecompressSync(br.body).toString()).toBe(SCRIPT);
  const gzipped = await get('/_next/static/chunks/a.js?v=1', 'gzip;q=0.8, br;q=0');
  expect(gzipped.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzipped.body).toString()).toBe(SCRIPT);
  const head = await get('/_next/static/chunks/a.js', 'br', 'HEAD');
  expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(br.body.length)]);
});

it('what it does not know is the application’s: other files, other methods, no encoding, ways out of the folder', async () => {
  const asked: Parameters<typeof get>[] = [
    ['/_next/static/chunks/a.js'],
    ['/_next/static/chunks/a.js', 'identity'],
    ['/_next/static/chunks/a.js', 'br', 'POST'],
    ['/_next/static/letters.woff2', 'br'],
    ['/_next/static/chunks/b.js', 'br'],
    ['/_next/static/../secret.js', 'br'],
    ['/_next/static/%2e%2e/secret.js', 'br'],
    ['/_next/static/chunks/a.js.br', 'br'],
    ['/_next/static/chunks', 'br'],
    ['/secret.js', 'br'],
  ];
  const answers = await Promise.all(asked.map((one) => get(...one)));
  expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 404));
});
