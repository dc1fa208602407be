import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
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

type Limits = Partial<ConstructorParameters<typeof Service>[0]>;
type Context = Pick<TestContext, 'onTestFinished'>;

/** The server under a supervisor, as web and engine are, and how to ask it. */
async function supervised({ onTestFinished }: Context, limits: Limits = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'sapoche-wedge-'));
  chmodSync(folder, 0o755);
  const program = path.join(folder, 'program.cjs');
  writeFileSync(program, PROGRAM);
  const port = limits.port ?? (await freePort());
  const address = `http://127.0.0.1:${port}`;
  const service = new Service({
    ...{ name: 'wedge', command: process.execPath, args: [program], stateDir: folder },
    port,
    env: { ...process.env, PORT: String(port) },
    isReady: () => respondsHttp(address, 1_000),
    responds: (withinMs: number) => respondsHttp(`${address}/`, withinMs),
    ...limits,
  });
  onTestFinished(async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  await service.start();
  const ask = async (route = '/') => (await fetch(`${address}${route}`, { signal: AbortSignal.timeout(1_000) })).text();
  const isAnother = (pid: string) => async () => (await ask().catch(() => pid)) !== pid && service.pid !== Number(pid);
  return { service, ask, isAnother };
}

// At once: each waits most of its time.
describe.concurrent('a process that lives and answers nothing', () => {
  it('is found where it was stopped, and started again', async (context) => {
    const { ask, isAnother } = await supervised(context);
    const pid = await ask();
    await pause(1_500);
    process.kill(Number(pid), 'SIGSTOP');
    expect(await until(isAnother(pid), FOUND_WITHIN_MS + 3_000), 'another answers').toBe(true);
  }, 60_000);

  it('is found where it turns round and round, and started again', async (context) => {
    const { ask, isAnother } = await supervised(context);
    const pid = await ask();
    await pause(1_500);
    await ask('/busy/600000');
    expect(await until(isAnother(pid), FOUND_WITHIN_MS + 3_000), 'another answers').toBe(true);
  }, 60_000);

  it('is left alone while it is busy for seconds at a time', async (context) => {
    const { ask } = await supervised(context);
    const pid = await ask();
    for (let turn = 0; turn < 4; turn += 1) {
      await ask('/busy/5000').catch(() => '');
      await pause(5_500);
    }
    expect(await ask()).toBe(pid);
  }, 60_000);

  it('is waited for while it comes up on a machine without a processor to spare', async (context) => {
    let asked = 0;
    const isReady = async () => {
      asked += 1;
      return asked > 20;
    };
    const { ask, service } = await supervised(context, { isReady, readyWithinMs: 100 });
    expect(await ask()).toBe(String(service.pid));
  }, 60_000);

  it('is not taken for another program that listens at its port since that was chosen', async (context) => {
    const stranger = createServer((_, response) => response.end('stranger'));
    context.onTestFinished(() => void stranger.close());
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    await expect(supervised(context, { port })).rejects.toThrow(
      `wedge: port ${port} has been taken by another program`,
    );
  }, 60_000);

  it('is refused where it never comes up', async (context) => {
    const never = supervised(context, { isReady: async () => false, readyWithinMs: 100, startWithinMs: 1_000 });
    await expect(never).rejects.toThrow('wedge did not come up');
  }, 60_000);
});
