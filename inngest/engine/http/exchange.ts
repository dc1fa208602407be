import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '../protocol/events';
import { parseJsonText } from '../protocol/json';

/** One request with the parts of its path that the route named. */
export interface Exchange {
  request: IncomingMessage;
  params: Record<string, string>;
  query: URLSearchParams;
  body: string;
}

/** What a route answers: a status and a JSON value; no value is an empty body. */
export interface Reply {
  status: number;
  body?: unknown;
}

/** An answer of the `/v1` addresses. */
export function answered(data: unknown): Reply {
  return { status: 200, body: { data, metadata: { fetched_at: new Date(), cached_until: null } } };
}

export type Handler = (exchange: Exchange) => Promise<Reply> | Reply;

export interface Route {
  method: string;
  /** Segments beginning with a colon are parameters. */
  path: string;
  /** For routes that need no signing key: what refuses who names these parameters, before any of the body is read. */
  refuses?: (params: Record<string, string>) => Reply | null;
  handle: Handler;
}

export function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const tooLarge = () => new Refusal(413, `the request is larger than ${maxBytes} bytes`);
  // Refused before it is read, so that the answer reaches a sender that announces its length.
  if (Number(headerOf(request, 'content-length') ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function parseJson(body: string): unknown {
  if (body.trim() === '') return undefined;
  try {
    return parseJsonText(body);
  } catch {
    throw new Refusal(400, 'invalid JSON');
  }
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  if (response.headersSent) return;
  const text = reply.body === undefined ? '' : JSON.stringify(reply.body);
  response.writeHead(reply.status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
