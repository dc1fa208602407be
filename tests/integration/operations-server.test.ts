import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createInngestServer } from '@/server/integrations/background/inngest';
import { backgroundServer } from '@/server/integrations/background/port';
import { recordRun } from '@/server/modules/core/operations/public/record-run';
import { withDatabase } from './database';
import { type Console, openConsole } from './operations-fixture';

withDatabase();

let console: Console;
beforeAll(async () => {
  ({ console } = await openConsole());
});

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

/** A server in the place of Inngest's; answers what it was asked, line by line. */
async function serve(answer: RequestListener): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  bind((server.address() as AddressInfo).port);
  return asked;
}

const bind = (port: number) => {
  const address = async () => ({ apiBaseUrl: `http://127.0.0.1:${port}/`, signingKey: 'signkey-test-abab' });
  backgroundServer.bind(createInngestServer(address, 'portal'));
};

/** An open run, as the functions recorded it. */
async function openRun(): Promise<string> {
  const now = new Date();
  const moments = { stateAt: now, startedAt: now, lastSeenAt: now };
  const about = { eventName: null, eventIds: [], subjectKind: null, subjectIds: [], tier: null, replayOf: [] };
  const runId = crypto.randomUUID();
  const run = { runId, functionId: 'pos-order', ...about, ...moments, state: 'running' as const, errorCode: null };
  await recordRun({ run: { ...run, attempts: 1 }, waits: true });
  return runId;
}

const reason = 'không cần nữa';

describe('an official server, which has no view of its queue', () => {
  it('is reached, and what it does not report is not guessed', async () => {
    const asked = await serve((_, response) => response.writeHead(404, { 'content-type': 'text/plain' }).end('404'));
    const { server, functions } = await console.overview();
    expect(server).toEqual({ reachable: true, quarantined: null, apps: null });
    expect(functions.length).toBeGreaterThan(0);
    expect(
      functions.every(
        ({ queued, oldestQueuedAt, drainSeconds }) =>
          queued === null && oldestQueuedAt === null && drainSeconds === null,
      ),
    ).toBe(true);
    expect(asked).toEqual(['GET /v1/queue Bearer signkey-test-abab']);
  });

  it('may cancel a moment after it said so', async () => {
    let looks = 0;
    const asked = await serve((request, response) => {
      if (request.method === 'DELETE') return response.writeHead(200).end();
      looks += 1;
      const data = {
        status: looks > 1 ? 'Cancelled' : 'Running',
        ended_at: looks > 1 ? '2026-11-20T01:02:03Z' : '0001-01-01T00:00:00Z',
      };
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
    });
    const runId = await openRun();
    expect(await console.cancel({ runIds: [runId], reason })).toEqual({ done: 1, left: 0 });
    expect(asked.slice(0, 2).map((line) => line.split(' ')[0])).toEqual(['DELETE', 'GET']);
    expect(await console.run({ runId })).toMatchObject({
      state: 'cancelled',
      endedAt: new Date('2026-11-20T01:02:03Z'),
    });
  });
});

describe('a server that cannot be asked', () => {
  it('leaves the console with all that the portal knows itself', async () => {
    bind(9);
    const runId = await openRun();
    const { server, functions } = await console.overview();
    expect(server).toEqual({ reachable: false, quarantined: null, apps: null });
    expect(functions.find(({ functionId }) => functionId === 'pos-order')).toMatchObject({ queued: null, running: 1 });
    expect(await console.run({ runId })).toMatchObject({ state: 'running', serverStatus: null });
    await expect(console.cancel({ runIds: [runId], reason })).rejects.toMatchObject({
      message: 'background_unavailable',
    });
    expect(await console.run({ runId })).toMatchObject({ state: 'running' });
  });

  it.each([
    ['answers with a page', (response: Parameters<RequestListener>[1]) => response.writeHead(200).end('<html>')],
    ['fails', (response: Parameters<RequestListener>[1]) => response.writeHead(500).end()],
    ['refuses our key', (response: Parameters<RequestListener>[1]) => response.writeHead(401).end()],
    ['says nothing at all', () => {}],
  ])('one that %s is as good as none', async (_, answer) => {
    await serve((__, response) => void answer(response));
    expect((await console.overview()).server).toEqual({ reachable: false, quarantined: null, apps: null });
  });
});
