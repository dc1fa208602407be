import http from 'node:http';
import https from 'node:https';
import type { EngineOptions } from '../options';
import type { RawResponse } from '../protocol/answer';
import { Origins } from '../protocol/origins';
import type { Keys } from '../protocol/signature';
import { type Body, lengthOf, type OpenBody, signatureOf, write } from './body';

const MAX_ANSWER_BYTES = 64 * 1_024 * 1_024;
/** As many as the official server follows. */
const MOST_REDIRECTS = 10;

export interface AppRequest {
  method: 'POST' | 'PUT';
  url: string;
  body: Body;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

interface Ready {
  body: OpenBody;
  bytes: number;
  signature: string | undefined;
  /** On a connection of its own. */
  fresh: boolean;
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** An address outside of the configured origins: nothing is sent there. */
class UnknownOrigin extends Error {
  constructor(url: string) {
    super(`this engine is not configured for ${URL.canParse(url) ? new URL(url).origin : 'this address'}`);
  }
}

/** Whether a request failed before it came to the app: then nothing was done. */
export function neverArrived(error: unknown): boolean {
  if (error instanceof UnknownOrigin) return true;
  return error instanceof Error && 'code' in error && UNREACHABLE.has(String(error.code));
}

export function originsOf({ appUrls = [], appOrigins = [] }: EngineOptions): Origins {
  return new Origins([appUrls, appOrigins]);
}

/** Where a redirect leads, with what the request asked for; undefined when it is none that keeps method and body. */
function redirectOf({ status, headers }: RawResponse, from: string): string | undefined {
  const { location } = headers;
  if ((status !== 307 && status !== 308) || typeof location !== 'string' || !URL.canParse(location, from))
    return undefined;
  const to = new URL(location, from);
  for (const [name, value] of new URL(from).searchParams) to.searchParams.set(name, value);
  return to.toString();
}

/** HTTP to the app: signed when there is a signing key, on connections that are kept, to the configured origins only. */
export class AppClient {
  private readonly plain = new http.Agent({ keepAlive: true, maxSockets: 1_000, scheduling: 'lifo' });
  private readonly secure = new https.Agent({ keepAlive: true, maxSockets: 1_000, scheduling: 'lifo' });

  /** @param longestMs the longest a request may take from its first to its last byte */
  constructor(
    private readonly keys: Keys,
    readonly origins: Origins,
    private readonly longestMs: number,
  ) {}

  /**
   * Rejects when no complete answer came: refused, reset, too slow, too large. An app that does not know the signing key
   * yet refuses before it does anything, so it is asked again with the fallback key. Redirects that keep method and body are
   * followed within the configured origins.
   */
  async send(request: AppRequest): Promise<RawResponse> {
    let { url } = request;
    if (!this.origins.has(url)) throw new UnknownOrigin(url);
    for (let turn = 0; ; turn++) {
      const response = await this.ask({ ...request, url });
      const next = redirectOf(response, url);
      if (!next) return response;
      if (turn >= MOST_REDIRECTS) throw new Error(`the app redirected more than ${MOST_REDIRECTS} times`);
      if (!this.origins.has(next)) throw new Error(`the app redirected elsewhere: ${new UnknownOrigin(next).message}`);
      url = next;
    }
  }

  private async ask(request: AppRequest): Promise<RawResponse> {
    const { signing, signingFallback } = this.keys;
    const response = await this.exchange(request, signing);
    if (response.status !== 401 || !signing || !signingFallback) return response;
    return this.exchange(request, signingFallback);
  }

  private async exchange(request: AppRequest, signingKey: string | undefined, fresh = false): Promise<RawResponse> {
    const body = await request.body.open();
    try {
      const bytes = await lengthOf(body);
      const signature = signingKey && (await signatureOf(body, signingKey));
      return await this.transmit(request, { body, bytes, signature, fresh }, signingKey);
    } finally {
      body.release();
    }
  }

  private transmit(request: AppRequest, ready: Ready, signingKey: string | undefined): Promise<RawResponse> {
    const url = new URL(request.url);
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'content-length': String(ready.bytes),
      'user-agent': 'inngest-engine',
      'x-inngest-server-kind': signingKey ? 'cloud' : 'dev',
      ...request.headers,
    };
    if (ready.signature) headers['x-inngest-signature'] = ready.signature;
    const secure = url.protocol === 'https:';
    const agent = ready.fresh ? false : secure ? this.secure : this.plain;
    const options = { method: request.method, headers, agent };
    return new Promise((resolve, reject) => {
      const outgoing = (secure ? https : http).request(url, options, (incoming) => receive(incoming, resolve, reject));
      // From the first to the last byte: an answer that trickles on for ever must not keep its place.
      const timer = setTimeout(() => {
        reject(new Error('the app did not answer in time'));
        outgoing.destroy();
      }, request.timeoutMs ?? this.longestMs);
      outgoing.on('close', () => clearTimeout(timer));
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        if (!outgoing.reusedSocket || error.code !== 'ECONNRESET') return reject(error);
        // A kept connection that the app closed at this very moment: nothing was answered, so ask once more, on a new one. When
        // there is none, the app may as well have died of this request.
        this.exchange(request, signingKey, true).then(resolve, () => reject(error));
      });
      void write(outgoing, ready.body, ready.bytes);
    });
  }

  close(): void {
    this.plain.destroy();
    this.secure.destroy();
  }
}

function receive(
  incoming: http.IncomingMessage,
  resolve: (answer: RawResponse) => void,
  reject: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= MAX_ANSWER_BYTES) return;
    reject(new Error('the answer of the app is too large'));
    incoming.destroy();
  });
  incoming.on('error', reject);
  incoming.on('aborted', () => reject(new Error('the app closed the connection')));
  incoming.on('end', () =>
    resolve({
      status: incoming.statusCode ?? 0,
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }),
  );
}
