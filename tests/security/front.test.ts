import { Agent, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyLimit } from '@/server/front/body-limits';
import { createFront } from '@/server/front/front';
import { project } from '../architecture/tree';
import { withDatabase } from '../integration/database';

withDatabase(); // its settings: the log wants some

const KB = 1024;
const agent = new Agent();
let server: Server;
let port: number;
/** What the application behind the front got to see. */
let handled: { url: string; bytes: number; headers: IncomingMessage['headers'] }[] = [];

beforeAll(async () => {
  server = createFront(
    async (incoming, response) => {
      let bytes = 0;
      try {
        for await (const piece of incoming) bytes += piece.length;
      } catch {
        return; // the connection was cut
      }
      handled.push({ url: incoming.url ?? '', bytes, headers: incoming.headers });
      response.end(String(bytes));
    },
    { proxies: 0, secure: false, origin: 'https://portal.example' },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

interface Sent {
  path: string;
  body?: Iterable<Buffer> | AsyncIterable<Buffer>;
  length?: number;
  headers?: Record<string, string>;
  method?: string;
}

/** Sends piece by piece until the other side has enough; the status, or null where the connection was cut without one. */
function send({ path, body = [], length, headers = {}, method = 'POST' }: Sent): Promise<number | null> {
  return new Promise((resolve) => {
    let answered = false;
    const size = length === undefined ? {} : { 'content-length': length };
    const outgoing = request({ port, path, method, agent, headers: { ...headers, ...size } }, (answer) => {
      answered = true;
      answer.resume();
      resolve(answer.statusCode ?? null);
    });
    outgoing.on('error', () => resolve(null));
    (async () => {
      for await (const piece of body) {
        if (answered || outgoing.destroyed) break;
        if (!outgoing.write(piece)) await Promise.race([new Promise((go) => outgoing.once('drain', go)), sleep(200)]);
      }
      if (!answered) outgoing.end();
    })();
  });
}

function* pieces(bytes: number): Generator<Buffer> {
  const piece = Buffer.alloc(64 * KB, 'a&');
  for (let sent = 0; sent < bytes; sent += piece.length) yield piece.subarray(0, Math.min(piece.length, bytes - sent));
}
async function* endless(): AsyncGenerator<Buffer> {
  const until = Date.now() + 30_000;
  for (; Date.now() < until; ) yield Buffer.alloc(256 * KB, 'a&');
}

/** Every route of the tree that reads a body, with an address that reaches it. */
const routes = project
  .codeIn(['app'])
  .filter((file) => file.endsWith('/route.ts') && /\b(POST|PUT|PATCH|DELETE)\b/.test(project.read(file)))
  .map((file) =>
    file
      .slice('app'.length, -'/route.ts'.length)
      .replace(/\/\([^)]+\)/g, '')
      .replace(/\[[^\]]+\]/g, 'x'),
  );
const held = routes.filter((path) => bodyLimit(path).buffered);
const small = routes.filter((path) => path.startsWith('/s/') || path.startsWith('/api/auth/'));

describe('every route that reads a body', () => {
  it('is known here', () => {
    expect(routes).toEqual(expect.arrayContaining(['/s/x/verify', '/api/auth/x', '/api/trpc/x', '/api/uploads']));
    expect(small.length).toBeGreaterThan(4);
  });

  it.each(small)('%s takes no more than a form', (path) => {
    expect(bodyLimit(path).bytes).toBe(8 * KB);
  });

  it('a page, or an address that is none, takes no more than a form', () => {
    expect(['/orders', '/', '/nowhere/at/all', '/api/other'].map((path) => bodyLimit(path).bytes / KB)).toEqual([
      8, 8, 8, 8,
    ]);
  });

  it.each(routes)('%s refuses a body that says it is too large before any of it is read', async (path) => {
    handled = [];
    expect(await send({ path, length: bodyLimit(path).bytes + 1 })).toBe(413);
    expect(handled).toEqual([]);
  });

  it.each(held)('%s refuses a body that turns out too large before any parser sees it', async (path) => {
    handled = [];
    expect([413, null]).toContain(await send({ path, body: pieces(bodyLimit(path).bytes + 64 * KB) }));
    expect(handled).toEqual([]);
  });

  it.each(routes)('%s ends a body without an end', async (path) => {
    handled = [];
    expect([413, null]).toContain(await send({ path, body: endless() }));
    expect(handled).toEqual([]);
  });

  it.each(held)('%s gets a body of the size it may have, whole', async (path) => {
    handled = [];
    const bytes = Math.min(bodyLimit(path).bytes, 1024 * KB);
    expect(await send({ path, body: pieces(bytes) })).toBe(200);
    expect(handled.map((one) => one.bytes)).toEqual([bytes]);
  });

  it('a form that trickles in is cut off, and never reaches a parser', async () => {
    handled = [];
    const socket = connect(port, '127.0.0.1');
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    socket.write('POST /s/x/verify HTTP/1.1\r\nhost: here\r\ncontent-length: 100\r\n\r\n');
    const trickle = setInterval(() => socket.write('a'), 1000);
    expect(await answer).toContain('408');
    clearInterval(trickle);
    socket.destroy();
    expect(handled).toEqual([]);
  });
});

describe('one request', () => {
  it('that fails behind the front is answered 500, and the process goes on', async () => {
    const failing = createFront(() => Promise.reject(new Error('behind')), { proxies: 0, secure: false });
    await new Promise<void>((resolve) => failing.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(failing.address() as AddressInfo).port}`;
    expect([(await fetch(`${at}/orders`)).status, (await fetch(`${at}/orders`)).status]).toEqual([500, 500]);
    failing.closeAllConnections();
    failing.close();
  });

  it('of a large body, however many there are, keeps no form from arriving', async () => {
    const slow = Array.from({ length: 6 }, () => connect(port, '127.0.0.1'));
    for (const socket of slow) {
      socket.on('error', () => {});
      socket.write('POST /api/inngest HTTP/1.1\r\nhost: here\r\ntransfer-encoding: chunked\r\n\r\n');
      for (let piece = 0; piece < 36; piece += 1)
        socket.write(Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(1_048_576), Buffer.from('\r\n')]));
    }
    await sleep(1_500);
    handled = [];
    expect(await send({ path: '/s/x/verify', body: pieces(100) })).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});

describe('whoever sends a lot', () => {
  it('many slow bodies from one address keep nobody else from being heard', async () => {
    const from = (localAddress: string) => connect({ port, host: '127.0.0.1', localAddress });
    const slow = Array.from({ length: 130 }, () => from('127.0.0.2'));
    for (const socket of slow) {
      socket.on('error', () => {});
      socket.write(`POST /api/trpc/x HTTP/1.1\r\nhost: here\r\ncontent-length: ${512 * KB}\r\n\r\n`);
      socket.write(Buffer.alloc(512 * KB - 1));
    }
    await sleep(1_500);
    handled = [];
    const sent = Array.from({ length: 10 }, () => send({ path: '/api/trpc/x', body: pieces(60 * KB) }));
    expect(await Promise.all(sent)).toEqual(Array(10).fill(200));
    for (const socket of slow) socket.destroy();
  });

  it.each([
    ['websocket', '/'],
    ['h2c', '/_next/webpack-hmr'],
    ['anything', '/s/x/verify'],
  ])('a connection that would leave HTTP for %s is a request like any other', async (protocol, path) => {
    // What a framework behind the front does as soon as it gets the server.
    server.on('upgrade', () => {});
    const socket = connect(port, '127.0.0.1');
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    socket.write(`GET ${path} HTTP/1.1\r\nhost: here\r\nconnection: Upgrade\r\nupgrade: ${protocol}\r\n\r\n`);
    expect(await answer).toContain('200 OK');
    socket.destroy();
    server.removeAllListeners('upgrade');
  });

  it.each(['TRACE', 'PROPFIND', 'DELETE', 'PATCH', 'QUERY'])('%s is no method of ours', async (method) => {
    handled = [];
    expect(await send({ path: '/orders', method })).toBe(405);
    expect(handled).toEqual([]);
  });

  it.each([
    ['no action', {}],
    ['an action of any name', { 'next-action': 'Nguyễn Văn A'.normalize('NFD').replace(/[^a-z]/gi, 'x') }],
    ['an action in a form', { 'next-action': 'a'.repeat(42), 'content-type': 'multipart/form-data; boundary=x' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('a page takes nothing that no page of ours sends: %s', async (_, headers) => {
    handled = [];
    for (const path of ['/sign-in', '/', '/orders', '/s/x', '/verify/x', '/_next/image'])
      expect(await send({ path, headers, body: pieces(100) })).toBe(405);
    expect(handled).toEqual([]);
  });

  it('an action of a page is let through, and is none for a handler', async () => {
    handled = [];
    const headers = { 'next-action': 'a'.repeat(42), 'content-type': 'text/plain;charset=UTF-8' };
    expect(await send({ path: '/orders', headers, body: [Buffer.from('["en"]')] })).toBe(200);
    for (const path of routes) expect(await send({ path, headers: { 'next-action': 'x' } })).toBe(200);
    expect(handled.map((one) => 'next-action' in one.headers)).toEqual([true, ...routes.map(() => false)]);
  });

  it.each(['Nguyễn Văn A', '["$1"]', '[{"a":1}]', '', '["x","y"]'])(
    'what no page sends with an action: %s',
    async (body) => {
      handled = [];
      const headers = { 'next-action': 'a'.repeat(42), 'content-type': 'text/plain;charset=UTF-8' };
      expect(await send({ path: '/sign-in', headers, body: [Buffer.from(body)] })).toBe(400);
      expect(handled).toEqual([]);
    },
  );

  it('a request that names two hosts is answered 400', async () => {
    const socket = connect(port, '127.0.0.1');
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    socket.write('GET /sign-in HTTP/1.1\r\nhost: here\r\nhost: evil.example\r\n\r\n');
    expect(await answer).toContain('400');
    socket.destroy();
  });
});

describe('a page of another site', () => {
  const form = 'multipart/form-data; boundary=x';
  const ACTS: [string, Record<string, string>][] = [
    ['elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['at a neighbouring host', { 'sec-fetch-site': 'same-site', origin: 'https://other.portal.example' }],
    ['elsewhere in a browser that says no more', { origin: 'https://evil.example' }],
    ['at another port', { origin: 'http://here:81', host: 'here' }],
    ['in a frame without an origin', { origin: 'null' }],
  ];

  it.each(ACTS)('%s has no browser act here', async (_, headers) => {
    handled = [];
    for (const path of ['/api/trpc/identity.endOtherSessions', '/api/auth/signout', '/api/uploads'])
      expect(await send({ path, headers: { 'content-type': form, ...headers } })).toBe(403);
    expect(handled).toEqual([]);
  });

  it.each([
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'https://portal.example' }],
    ['our own page behind a proxy that changes the host', { origin: 'https://portal.example', host: 'inner:3000' }],
    ['our own page by another name of ours', { origin: 'http://here:3000', host: 'here:3000' }],
    ['a program', {}],
  ])('is not what %s is taken for', async (_, headers) => {
    expect(await send({ path: '/api/trpc/identity.endOtherSessions', headers })).toBe(200);
  });

  it('is not what a page of the gate is taken for, which sends no origin', async () => {
    expect(await send({ path: '/s/x/verify', headers: { origin: 'null' } })).toBe(200);
  });
});

describe('an address that cannot be read', () => {
  it.each([
    '//[',
    '//evil.example/orders',
    '/api//uploads',
    '/s/x/../../api/uploads',
    '/s/x/%2e%2e/%2E./api/uploads',
    '/s/./x',
    '/s\\\\x',
    '/orders/%',
    '/orders/%zz',
    '/orders/%00',
    '/orders?q=%00',
    '/%C3%28',
    '/s/%E0%A4%A/verify',
  ])('%s is answered 400', async (path) => {
    handled = [];
    expect(await send({ path })).toBe(400);
    expect(handled).toEqual([]);
  });
});
