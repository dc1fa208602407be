import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from 'inngest/node';
import { startEngine } from '@/inngest/engine';

/**
 * The background of a running portal, in this process: the engine, the functions behind their real protocol, the relay.
 * Call it after `openDatabase`, before anything imports the Inngest client.
 */
export async function startBackgroundOfTest(databaseUrl: string): Promise<{
  close: () => Promise<void>;
  /** From now on the app answers requests of this function with a page of HTML, as a proxy before it would; null mends it. */
  breakFunction: (id: string | null) => void;
}> {
  const signingKey = 'signkey-test-'.concat('ab'.repeat(32));
  Object.assign(process.env, {
    INNGEST_DEV: '0',
    INNGEST_SIGNING_KEY: signingKey,
    INNGEST_EVENT_KEY: 'test-event-key',
  });
  // The app must answer before the engine asks for its functions, and the client must know the engine's address first.
  let broken: string | null = null;
  const isBroken = (url = '') =>
    broken !== null && new URL(url, 'http://app').searchParams.get('fnId') === `portal-${broken}`;
  const app = createServer((request, response) => {
    if (isBroken(request.url)) response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    else void handler(request, response);
  });
  let handler: ReturnType<typeof serve> = (_, response) => void response.writeHead(503).end();
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/api/inngest`;
  const engine = await startEngine({
    databaseUrl,
    port: 0,
    appUrls: [appUrl],
    signingKey,
    eventKey: 'test-event-key',
    retryIntervalMs: 1_000,
    syncMs: 500,
    logLevel: 'silent',
  });
  process.env.INNGEST_BASE_URL = engine.url;
  const [{ inngest }, { functions }, { startBackground }] = await Promise.all([
    import('@/inngest/client'),
    import('@/inngest/functions'),
    import('@/server/background'),
  ]);
  handler = serve({ client: inngest, functions: functions.map(({ fn }) => fn), servePath: '/api/inngest' });
  const background = startBackground();
  return {
    breakFunction: (id) => {
      broken = id;
    },
    close: async () => {
      await background.stop();
      await engine.close();
      await new Promise((resolve) => app.close(resolve));
    },
  };
}
