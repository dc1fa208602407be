import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Inngest, InngestFunction } from 'inngest';
import { createClient, serveApp } from './setup';

export interface Passing {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Passed {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Looks at what passes, and may answer something else than what comes back; undefined breaks the connection. */
export type Gatekeeper = (
  passing: Passing,
  forward: () => Promise<Passed>,
) => Promise<Passed | undefined> | Passed | undefined;

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host']);

async function forwardTo(target: string, { method, path, headers, body }: Passing): Promise<Passed> {
  const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)) as [string, string][];
  const response = await fetch(target + path, { method, headers: kept, body: method === 'GET' ? undefined : body });
  const answered = [...response.headers].filter(([name]) => !HOP_BY_HOP.has(name) && name !== 'content-encoding');
  return { status: response.status, headers: Object.fromEntries(answered), body: await response.text() };
}

/** Stands between the engine and an app, or between the SDK and the engine. */
export async function startProxy(target: () => string, keep: Gatekeeper) {
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const passing = { method, path: url, headers, body: await text(request) };
    const passed = await keep(passing, () => forwardTo(target(), passing));
    if (!passed) return void request.socket.destroy();
    response.writeHead(passed.status, passed.headers).end(passed.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin, close };
}

/** An app of the SDK whose requests from the engine, or to it, pass a gatekeeper. */
export async function serveBehindProxy(
  engineUrl: string,
  id: string,
  define: (client: Inngest) => InngestFunction.Any[],
  keep: { toApp?: Gatekeeper; toEngine?: Gatekeeper },
) {
  const pass: Gatekeeper = (_, forward) => forward();
  const engine = await startProxy(() => engineUrl, keep.toEngine ?? pass);
  const client = createClient(engine.origin, id);
  let appOrigin = '';
  const front = await startProxy(() => appOrigin, keep.toApp ?? pass);
  const app = await serveApp(client, define(client), 0, { serveOrigin: front.origin });
  appOrigin = new URL(app.url).origin;
  const sync = await fetch(app.url, { method: 'PUT' });
  if (sync.status !== 200) throw new Error(await sync.text());
  const close = async () => {
    await app.close();
    await front.close();
    await engine.close();
  };
  return { client, close };
}
