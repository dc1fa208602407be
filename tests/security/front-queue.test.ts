import { createServer, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFront } from '@/server/front/front';
import { withDatabase } from '../integration/database';

withDatabase(); // its settings: the log wants some

let server: Server = createServer();
let port = 0;
/** The answers that the application behind the front has begun and not given. */
let begun: { url: string; response: ServerResponse; done: () => void }[] = [];

beforeEach(async () => {
  begun = [];
  server = createFront(
    (incoming, response) => new Promise<void>((done) => begun.push({ url: incoming.url ?? '', response, done })),
    { proxies: 0, secure: false },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const finish = () => {
  for (const { response, done } of begun.splice(0)) {
    response.end('done');
    done();
  }
};
const count = (path: string) => begun.filter(({ url }) => url === path).length;

/** Asks from an address, by a connection of its own; the status, or null where the connection was cut. */
const ask = (path: string, localAddress: string, headers = {}): Promise<number | null> =>
  new Promise((resolve) => {
    const outgoing = request({ port, host: '127.0.0.1', path, localAddress, headers, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    });
    outgoing.on('error', () => resolve(null));
    outgoing.end();
  });

it('a connection that asks again and again without waiting for an answer is cut', async () => {
  const socket = connect(port, '127.0.0.1');
  const cut = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {});
  socket.write('GET /orders HTTP/1.1\r\nhost: here\r\n\r\n'.repeat(40));
  await cut;
  expect(count('/orders')).toBeLessThanOrEqual(2);
});

it('hundreds of requests from one address are begun a few at a time, and keep nobody else waiting', async () => {
  const many = Array.from({ length: 120 }, () => ask('/orders', '127.0.0.2'));
  await expect.poll(() => count('/orders')).toBe(64);
  const other = ask('/pos', '127.0.0.3');
  await expect.poll(() => count('/pos')).toBe(1);
  const live = ask('/api/trpc/uploads.progress', '127.0.0.2', { accept: 'text/event-stream' });
  await expect.poll(() => count('/api/trpc/uploads.progress')).toBe(1);
  const health = ask('/health/ready', '127.0.0.2');
  await expect.poll(() => count('/health/ready')).toBe(1);
  const answers = Promise.all([...many, other, live, health]);
  let all = false;
  void answers.then(() => {
    all = true;
  });
  while (!all) {
    expect(count('/orders')).toBeLessThanOrEqual(64);
    finish();
    await sleep(5);
  }
  expect(new Set(await answers)).toEqual(new Set([200]));
});

it('what was cancelled before its turn is never begun', async () => {
  const first = Array.from({ length: 64 }, () => ask('/orders', '127.0.0.2'));
  await expect.poll(() => count('/orders')).toBe(64);
  const impatient = Array.from({ length: 50 }, () => connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' }));
  for (const socket of impatient) socket.write('GET /given-up HTTP/1.1\r\nhost: here\r\n\r\n');
  await sleep(300);
  for (const socket of impatient) socket.destroy();
  await sleep(300);
  finish();
  await Promise.all(first);
  await sleep(200);
  expect(count('/given-up')).toBe(0);
});

it('one address has a thousand connections open at most, which keep nobody else out, and a head that never ends is cut', async () => {
  const sockets = Array.from({ length: 1_200 }, () => connect({ port, host: '127.0.0.1', localAddress: '127.0.0.7' }));
  let cut = 0;
  for (const socket of sockets) {
    socket.on('error', () => {});
    socket.once('close', () => {
      cut += 1;
    });
    socket.resume().write('GET /orders HTTP/1.1\r\nhost: he');
  }
  await expect.poll(() => cut, { timeout: 10_000 }).toBe(200);
  const other = ask('/pos', '127.0.0.8');
  await expect.poll(() => count('/pos')).toBe(1);
  finish();
  expect(await other).toBe(200);
  await expect.poll(() => cut, { timeout: 30_000 }).toBe(1_200);
  const again = ask('/pos', '127.0.0.7');
  await expect.poll(() => count('/pos')).toBe(1);
  finish();
  expect(await again).toBe(200);
});
