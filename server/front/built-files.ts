import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream';
import { pathOf } from './request-path';

const AT = '/_next/static/';
const TYPES: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.json': 'application/json; charset=UTF-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=UTF-8',
};
/** The better first. */
const WAYS = [
  ['br', 'br'],
  ['gzip', 'gz'],
] as const;

const accepts = ({ headers }: IncomingMessage, encoding: string): boolean =>
  String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .some((one) => one === encoding || (one.startsWith(`${encoding};`) && !/;\s*q=0(\.0*)?$/.test(one)));

/**
 * Answers for the static files of the build that were compressed when it was made (`scripts/lib/compress-static.mjs`); returns whether
 * it did. Only the names that were there at the start are known, so that no address leads to another file; what is not known, or
 * asked for without an encoding, is the application's.
 */
export function createBuiltFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const known = new Set(names.map((name) => name.replaceAll(path.sep, '/')));
  return (request, response) => {
    const asked = pathOf(request);
    if (!asked.startsWith(AT) || (request.method !== 'GET' && request.method !== 'HEAD')) return false;
    const name = asked.slice(AT.length);
    const type = TYPES[path.extname(name)];
    const way = WAYS.find(([encoding, ending]) => accepts(request, encoding) && known.has(`${name}.${ending}`));
    if (!type || !way) return false;
    const file = path.join(folder, `${name}.${way[1]}`);
    response.writeHead(200, {
      'content-type': type,
      'content-encoding': way[0],
      'content-length': statSync(file).size,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    if (request.method === 'HEAD') response.end();
    else pipeline(createReadStream(file), response, () => {});
    return true;
  };
}
