import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { Refusal } from '../protocol/events';
import { isAuthorized, isCloud, type Keys } from '../protocol/signature';
import { canNeverBeStored } from '../store/database';
import { headerOf, type Reply, type Route, readBody, sendReply } from './exchange';

/** State of a long run with many steps may come in one checkpoint. */
const MAX_BODY_BYTES = 32 * 1_024 * 1_024;

/** A GET has its parameters in its address. */
const MAX_QUESTION_BYTES = 8 * 1_024;

const KEEP_ALIVE_MS = 65_000;

/** Paths are read relative to it; its name means nothing. */
const ORIGIN = 'http://engine';

interface Found {
  route: Route;
  params: Record<string, string>;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) {
      try {
        params[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return undefined;
      }
    } else if (part !== value) return undefined;
  }
  return params;
}

function findRoute(routes: Route[], method: string, path: string): Found | undefined {
  for (const route of routes) {
    if (route.method !== method) continue;
    const params = matchPath(route.path, path);
    if (params) return { route, params };
  }
  return undefined;
}

const withoutEndingSlash = (path: string) => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

/** What a stranger still sends is not waited for, nor kept. */
function refuseUnread(request: IncomingMessage, response: ServerResponse, refused: Reply): void {
  response.setHeader('connection', 'close');
  sendReply(response, refused);
  request.resume();
}

async function answer(routes: Route[], keys: Keys, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url: target = '/' } = request;
  if (!URL.canParse(target, ORIGIN)) throw new Refusal(400, 'the path cannot be read');
  const url = new URL(target, ORIGIN);
  const found = findRoute(routes, request.method ?? 'GET', withoutEndingSlash(url.pathname));
  if (!found) throw new Refusal(404, 'not found');
  const { refuses } = found.route;
  const refused = refuses?.(found.params);
  if (refused) return refuseUnread(request, response, refused);
  if (!refuses && !isAuthorized(keys, headerOf(request, 'authorization'))) throw new Refusal(401, 'Unauthorized');
  const body = await readBody(request, request.method === 'POST' ? MAX_BODY_BYTES : MAX_QUESTION_BYTES);
  sendReply(response, await found.route.handle({ request, params: found.params, query: url.searchParams, body }));
}

function sendError(log: Logger, response: ServerResponse, error: unknown): void {
  if (error instanceof Refusal) {
    sendReply(response, { status: error.status, body: { status: error.status, error: error.message } });
    return;
  }
  log.error({ err: error }, 'a request failed');
  if (canNeverBeStored(error)) {
    sendReply(response, {
      status: 400,
      body: { status: 400, error: 'the request holds something that cannot be stored' },
    });
    return;
  }
  // The usual cause is an unavailable database: the caller should retry.
  sendReply(response, { status: 503, body: { status: 503, error: 'the engine cannot answer at the moment' } });
}

const NOT_YET = { status: 503, body: { status: 503, error: 'the engine is starting' } };

export interface HttpServer {
  server: Server;
  /** From now on requests reach these routes; until then everything is answered 503. */
  open: (routes: Route[]) => void;
}

/** The engine's HTTP surface. Errors become JSON; unexpected ones are logged and masked. */
export function createHttpServer(keys: Keys, log: Logger): HttpServer {
  let routes: Route[] | undefined;
  const server = createServer((request, response) => {
    response.setHeader('x-inngest-server-kind', isCloud(keys) ? 'cloud' : 'dev');
    if (routes) answer(routes, keys, request, response).catch((error) => sendError(log, response, error));
    else sendReply(response, NOT_YET);
  });
  // Longer than the clients keep their connections, so that it is they who close them.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const open = (opened: Route[]) => {
    routes = opened;
  };
  return { server, open };
}
