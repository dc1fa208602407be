import http from 'node:http';
import https from 'node:https';
import type { RawResponse } from '../protocol/answer';
import { type Keys, signBody } from '../protocol/signature';

const MAX_ANSWER_BYTES = 64 * 1_024 * 1_024;

export interface AppRequest {
  method: 'POST' | 'PUT';
  url: string;
  body: unknown;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

const UNREACHED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether a request failed before it came to the app: then nothing was done. */
export function neverArrived(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNREACHED.has(String(error.code));
}

/** HTTP to the app: signed when there is a signing key, on connections that are kept. */
export class AppClient {
  private readonly plain = new http.Agent({ keepAlive: true, maxSockets: 1_000, scheduling: 'lifo' });
  private readonly secure = new https.Agent({ keepAlive: true, maxSockets: 1_000, scheduling: 'lifo' });

  /** @param longestMs the longest a request may take from its first to its last byte */
  constructor(
    private readonly keys: Keys,
    private readonly longestMs: number,
  ) {}

  /**
   * Rejects when no complete answer came: refused, reset, too slow, too large. An app that does not know the signing key
   * yet refuses before it does anything, so it is asked again with the fallback key.
   */
  async send(request: AppRequest): Promise<RawResponse> {
    const { signing, signingFallback } = this.keys;
    const response = await this.exchange(request, signing);
    if (response.status !== 401 || !signing || !signingFallback) return response;
    return this.exchange(request, signingFallback);
  }

  private exchange(request: AppRequest, signingKey: string | undefined, fresh = false): Promise<RawResponse> {
    const url = new URL(request.url);
    const body = JSON.stringify(request.body);
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'inngest-engine',
      'x-inngest-server-kind': signingKey ? 'cloud' : 'dev',
      ...request.headers,
    };
    if (signingKey) headers['x-inngest-signature'] = signBody(signingKey, request.body);
    const secure = url.protocol === 'https:';
    const agent = fresh ? false : secure ? this.secure : this.plain;
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
      outgoing.end(body);
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
