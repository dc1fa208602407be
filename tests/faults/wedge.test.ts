import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { freePort } from '@/scripts/lib/ports.mjs';
import { respondsHttp } from '@/scripts/lib/probe.mjs';
import { Service } from '@/scripts/lib/service.mjs';
import { pause, until } from './deadlines';

const FOUND_WITHIN_MS = 15_000;

/** A server that can be sent into a busy loop, for ever or for some seconds. */
const PROGRAM = `
  const { createServer } = require('node:http');
  createServer((request, response) => {
    response.end(String(process.pid));
    const [, milliseconds] = /^\\/busy\\/(\\d+)/.exec(request.url) ?? [];
    const until = Date.now() + Number(milliseconds ?? 0);
    if (milliseconds) setTimeout(() => { while (Date.now() < until); }, 10);
  }).listen(Number(process.env.PORT), '127.0.0.1');
`;

let service: Service | undefined;
let folder = '';
afterEach(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The server under a supervisor, as web and engine are; answers how to ask it. */
async function supervised(): Promise<(route?: string) => Promise<string>> {
  folder = mkdtempSync(path.join(tmpdir(), 'sapoche-wedge-'));
  chmodSync(folder, 0o755);
  const program = path.join(folder, 'program.cjs');
  writeFileSync(program, PROGRAM);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  service = new Service({
    ...{ name: 'wedge', command: process.execPath, args: [program], stateDir: folder },
    env: { ...process.env, PORT: String(port) },
    isReady: () => respondsHttp(address, 1_000),
    responds: (withinMs: number) => respondsHttp(`${address}/`, withinMs),
  });
  await service.start();
  return async (route = '/') => (await fetch(`${address}${route}`, { signal: AbortSignal.timeout(1_000) })).text();
}

const isAnother = (ask: () => Promise<string>, pid: string) => async () =>
  (await ask().catch(() => pid)) !== pid && service?.pid !== Number(pid);

it('finds a process that was stopped, and starts it again', async () => {
  const ask = await supervised();
  const pid = await ask();
  await pause(1_500);
  process.kill(Number(pid), 'SIGSTOP');
  expect(await until(isAnother(ask, pid), FOUND_WITHIN_MS + 3_000), 'another answers').toBe(true);
}, 60_000);

it('finds a process that turns round and round, and starts it again', async () => {
  const ask = await supervised();
  const pid = await ask();
  await pause(1_500);
  await ask('/busy/600000');
  expect(await until(isAnother(ask, pid), FOUND_WITHIN_MS + 3_000), 'another answers').toBe(true);
}, 60_000);

it('leaves a process alone that is busy for seconds at a time', async () => {
  const ask = await supervised();
  const pid = await ask();
  for (let turn = 0; turn < 4; turn += 1) {
    await ask('/busy/5000').catch(() => '');
    await pause(5_500);
  }
  expect(await ask()).toBe(pid);
}, 60_000);
