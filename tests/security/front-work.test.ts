import { createHmac } from 'node:crypto';
import { request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { createFront } from '@/server/front/front';
import { workTaken } from '@/server/front/signed-work';
import { withDatabase } from '../integration/database';

withDatabase(); // its settings: the log wants some

const MB = 1024 * 1024;
let server: Server;
let port = 0;
/** Bytes of the bodies that the application has been given and not answered, and the most that there were of them. */
let given = { now: 0, most: 0, requests: 0 };

async function open(takesWork?: ReturnType<typeof workTaken>, restMs = 0, workKeys: string[] = []): Promise<void> {
  given = { now: 0, most: 0, requests: 0 };
  server = createFront(
    async (incoming, response) => {
      given.requests += 1;
      let bytes = 0;
      for await (const piece of incoming) bytes += piece.length;
      given.now += bytes;
      given.most = Math.max(given.most, given.now);
      await sleep(restMs);
      given.now -= bytes;
      response.end('done');
    },
    { proxies: 0, secure: false, workKeys, ...(takesWork && { takesWork }) },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
}
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const signature = (seconds = Math.round(Date.now() / 1000)) => `t=${seconds}&s=${'0a'.repeat(32)}`;

/** The status that a request gets whose body never comes; `null` where the connection is cut without one. */
function statusBeforeBody(method: string, path: string, headers: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.once('data', (data) => resolve(data.toString().split(' ')[1] ?? null));
    socket.once('close', () => resolve(null));
    setTimeout(() => socket.destroy(), 1_000);
    const head = [`${method} ${path} HTTP/1.1`, 'host: here', `content-length: ${30 * MB}`, ...headers];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
  });
}

const send = (path: string, body: Buffer, headers = {}): Promise<number | null> =>
  new Promise((resolve) => {
    const sent = { 'content-length': body.length, ...headers };
    const outgoing = request(
      { port, host: '127.0.0.1', path, method: 'POST', headers: sent, agent: false },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? null);
      },
    );
    outgoing.on('error', () => resolve(null));
    outgoing.end(body);
  });

const UNSIGNED: [string, string[]][] = [
  ['nothing', []],
  ['no such form', ['x-inngest-signature: signed']],
  ['a short one', [`x-inngest-signature: t=${Math.round(Date.now() / 1000)}&s=abc`]],
  ['an old one', [`x-inngest-signature: ${signature(1_700_000_000)}`]],
  ['one of tomorrow', [`x-inngest-signature: ${signature(Math.round(Date.now() / 1000) + 86_400)}`]],
];

it.each(UNSIGNED)(
  'background work with %s for a signature is refused before any of its body is read',
  async (_, headers) => {
    await open(workTaken({ elsewhere: false, signed: true }));
    for (const [method, path] of [
      ['POST', '/api/inngest?fnId=portal-x&stepId=step'],
      ['PUT', '/api/inngest'],
      ['PUT', '/api/inngest/'],
    ] as const)
      expect(await statusBeforeBody(method, path, headers)).toBe('401');
    expect(given.requests).toBe(0);
  },
);

it('what says it is signed is read, and in development what is not', async () => {
  await open(workTaken({ elsewhere: false, signed: true }));
  expect(await send('/api/inngest', Buffer.from('{}'), { 'x-inngest-signature': signature() })).toBe(200);
  server.close();
  await open(workTaken({ elsewhere: false, signed: false }));
  expect(await send('/api/inngest', Buffer.from('{}'))).toBe(200);
});

it('the web takes no work at all where another process does it', async () => {
  await open(workTaken({ elsewhere: true, signed: true }));
  const headers = [`x-inngest-signature: ${signature()}`];
  expect(await statusBeforeBody('POST', '/api/inngest?fnId=x', headers)).toBe('401');
});

it('large bodies of all routes together are handed on as far as there is room, the others wait their turn', async () => {
  await open(undefined, 300);
  const text = (bytes: number) => Buffer.alloc(bytes, 'a');
  const sent = [
    ...Array.from({ length: 12 }, () => send('/api/inngest', text(12 * MB))),
    ...Array.from({ length: 40 }, () => send('/api/trpc/x', text(MB / 2))),
  ];
  const small = send('/s/x/verify', text(100));
  expect(await small).toBe(200);
  expect(new Set(await Promise.all(sent)).has(200)).toBe(true);
  expect(given.most).toBeLessThanOrEqual(64 * MB);
  expect(await send('/api/inngest', text(12 * MB))).toBe(200);
});

it('a body of small values that takes many times its size when parsed is refused', async () => {
  await open();
  expect(await send('/api/inngest', Buffer.from(`[${'{},'.repeat(4 * MB)}{}]`))).toBe(413);
  expect(given.requests).toBe(0);
  expect(await send('/api/inngest', Buffer.from(`["${'a'.repeat(15 * MB)}"]`))).toBe(200);
});

const KEY = 'signkey-test-00112233';
const signed = (text: string, key = KEY) => {
  const seconds = String(Math.round(Date.now() / 1000));
  const digits = createHmac('sha256', key.replace(/^signkey-\w+-/, ''))
    .update(text)
    .update(seconds)
    .digest('hex');
  return { 'x-inngest-signature': `t=${seconds}&s=${digits}` };
};

it('what only looks signed never reaches the application, whatever its body is', async () => {
  await open(workTaken({ elsewhere: false, signed: true }), 0, [KEY]);
  const text = JSON.stringify({ event: 'x'.repeat(MB) });
  const sent = ['{', text, '', 'null', '[]'].map((body) =>
    send('/api/inngest', Buffer.from(body), { 'x-inngest-signature': signature() }),
  );
  expect(new Set(await Promise.all(sent))).toEqual(new Set([401]));
  expect(await send('/api/inngest', Buffer.from(text), signed(`${text} `))).toBe(401);
  expect(await send('/api/inngest', Buffer.from(text), signed(text, 'signkey-test-99'))).toBe(401);
  expect(given.requests).toBe(0);
});

it('what is signed is taken, in the spelling in which it came and in another', async () => {
  await open(workTaken({ elsewhere: false, signed: true }), 0, ['signkey-test-former', KEY]);
  expect(await send('/api/inngest?fnId=a', Buffer.from('{"b":1, "a":2}'), signed('{"b":1, "a":2}'))).toBe(200);
  expect(await send('/api/inngest?fnId=a', Buffer.from('{"b":1, "a":2}'), signed('{"a":2,"b":1}'))).toBe(200);
  expect(given.requests).toBe(2);
});
