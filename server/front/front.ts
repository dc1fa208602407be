import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { logger } from '../platform/logger';
import { noteUnreadProxy } from '../platform/unread-proxy';
import { bodyLimit } from './body-limits';
import { announcesTooMuch, BodyRefused, bufferBody, hasBody, watchBody } from './buffered-body';
import { CLIENT_ADDRESS, clientAddress } from './client-address';
import { boundConnections } from './connections';
import { createFairRequests, entersConnection } from './fair-requests';
import { isSentByOtherSite } from './other-site';
import { isAction, isChoice, isForRoute } from './page-actions';
import { pathOf } from './request-path';
import { isBackgroundWork } from './signed-work';
import { createWorkProof } from './work-proof';

export type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface FrontOptions {
  /** How many proxies of ours stand in front. */
  proxies: number;
  /** Whether people reach the portal by https. */
  secure: boolean;
  /** How people reach it; where left out by nothing but the host that they ask. */
  origin?: string;
  /** Whether a connection may leave HTTP for another protocol: only what rebuilds pages in development does. */
  upgrades?: boolean;
  /** Answers for files of the build; returns whether it did. */
  files?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Answers for the application while it cannot; returns whether it did. */
  gate?: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Whether background work may come by this request, as far as its head says; without it, any may. */
  takesWork?: (request: IncomingMessage) => boolean;
  /** The keys that background work is signed with, where strangers may send some: it is then proved before anything parses it for its work. */
  workKeys?: readonly string[];
}

/** The process answers: said here, since what hangs behind may be no fault of the process. */
const LIVE = '/health/live';

const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto', 'forwarded'];

/** Said once here, for pages, handlers and files alike; what differs by page stands in proxy.ts. */
const headersOf = (secure: boolean): [string, string][] => [
  ['x-content-type-options', 'nosniff'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=()'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ...(secure ? [['strict-transport-security', 'max-age=31536000; includeSubDomains'] as [string, string]] : []),
];

/** What pages and handlers know. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS']);

/**
 * An address that no route means and no browser sends: a broken percent code, a NUL, a host as target, empty segments, and dots that
 * lead elsewhere, which one reader resolves and another does not. Or two hosts, of which each reader takes another.
 */
function isReadable(request: IncomingMessage): boolean {
  const { url = '' } = request;
  if ((request.headersDistinct.host?.length ?? 0) > 1) return false;
  if (!url.startsWith('/') || /%00|\0/.test(url)) return false;
  if (/\/\/|\\|\/(?:\.|%2e){1,2}(?:\/|$)/i.test(pathOf(request))) return false;
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

function answer(response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-length': 0, 'cache-control': 'no-store', connection: 'close' });
  response.end();
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const known = error instanceof BodyRefused;
  if (!known) logger('front').error({ err: error }, 'request failed');
  answer(response, known ? error.status : 500);
  // What is still coming is not wanted; a moment, so that the answer arrives first.
  setTimeout(() => request.destroy(), 500).unref();
}

/** Only our own proxies may say where a request came from. */
function setOrigin(request: IncomingMessage, proxies: number): void {
  const forwarded = request.headers['x-forwarded-for'];
  const list = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
  const address = clientAddress(request.socket.remoteAddress, list, proxies);
  if (proxies === 0) {
    if (forwarded !== undefined || request.headers.forwarded !== undefined)
      noteUnreadProxy(request.socket.remoteAddress);
    for (const name of FORWARDED) delete request.headers[name];
  }
  request.headers['x-forwarded-for'] = address;
  request.headers[CLIENT_ADDRESS] = address;
}

/** Answers what is to be called when the application is done with the body. */
async function receive(request: IncomingMessage, look: (whole: Buffer) => void): Promise<() => void> {
  const limit = bodyLimit(pathOf(request));
  if (!hasBody(request)) return () => {};
  if (announcesTooMuch(request, limit)) throw new BodyRefused(413);
  if (limit.buffered) return bufferBody(request, limit, String(request.headers[CLIENT_ADDRESS]), look);
  watchBody(request, limit);
  return () => {};
}

/**
 * What stands before the application: says who asks, bounds what is sent while it is read, and refuses addresses that cannot be
 * read. Nothing behind it parses a body that is larger, slower or longer than its route may be sent.
 */
export function createFront(
  handle: Handle,
  { proxies, secure, files, gate, upgrades = false, origin = '', takesWork = () => true, workKeys = [] }: FrontOptions,
): Server {
  const headers = headersOf(secure);
  const inTurn = createFairRequests();
  const prove = createWorkProof(workKeys);
  const begin = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      if (await gate?.(request, response)) return;
      await handle(request, response);
    } catch (error) {
      refuse(request, response, error);
    }
  };
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    setOrigin(request, proxies);
    const mustProve = workKeys.length > 0 && isBackgroundWork(request);
    let body: Buffer = Buffer.alloc(0);
    const isChosen = !upgrades && isAction(request);
    const release = await receive(request, (whole) => {
      if (mustProve || isChosen) body = whole;
    });
    try {
      if (isChosen && !isChoice(body)) throw new BodyRefused(400);
      if (mustProve) await prove(request, body);
      await inTurn(request, response, () => begin(request, response));
    } finally {
      release();
    }
  };
  // Who asks for another protocol would pass by all of this, and keep a connection that nobody counts or ends.
  const options = { shouldUpgradeCallback: () => upgrades, connectionsCheckingInterval: 5_000 };
  const server = createServer(options, (request, response) => {
    if (!entersConnection(request, response)) return request.socket.destroy();
    for (const [name, value] of headers) response.setHeader(name, value);
    if (request.url === LIVE) return response.end('{"status":"ok"}\n');
    if (!METHODS.has(request.method ?? '')) return answer(response, 405);
    if (!isReadable(request)) return answer(response, 400);
    // The rebuilding of pages in development has its own forms of errors.
    if (!upgrades && !isForRoute(request)) return answer(response, 405);
    if (isSentByOtherSite(request, origin)) return answer(response, 403);
    if (files?.(request, response)) return;
    if (isBackgroundWork(request) && !takesWork(request)) return refuse(request, response, new BodyRefused(401));
    // Nothing that one request brings about may end the process.
    return void pass(request, response).catch((error: unknown) => refuse(request, response, error));
  });
  boundConnections(server, proxies);
  server.headersTimeout = 15_000;
  server.requestTimeout = 0; // each route has a time of its own
  server.keepAliveTimeout = 65_000; // longer than the proxies in front of it keep theirs
  return server;
}
