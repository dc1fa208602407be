import type { IncomingMessage } from 'node:http';
import { pathOf } from './request-path';

const SIGNATURE = /^t=(\d{10})&s=([0-9a-f]{64})$/i;
/** As long as a signature counts. */
const FRESH_SECONDS = 300;

/** Whether a request would run or register background work. */
export const isBackgroundWork = (request: IncomingMessage): boolean =>
  (request.method === 'POST' || request.method === 'PUT') && /^\/api\/inngest(\/|$)/.test(pathOf(request));

/** What a request says of its signature: when it was made, in seconds since 1970, and its digits. Null where it has no such form. */
export function signatureOf(headers: IncomingMessage['headers']): { seconds: string; signature: string } | null {
  const [, seconds, signature] = SIGNATURE.exec(String(headers['x-inngest-signature'] ?? '')) ?? [];
  return seconds && signature ? { seconds, signature } : null;
}

/**
 * Whether a request says that it was signed, and lately. What it says is proved over the whole body, which is read and parsed for
 * that (`work-proof.ts`): so nothing is read of what does not even say so.
 */
export function looksSigned({ headers }: IncomingMessage): boolean {
  const said = signatureOf(headers);
  return said !== null && Math.abs(Date.now() / 1000 - Number(said.seconds)) <= FRESH_SECONDS;
}

/**
 * What background work a process takes: none where another process does it, any where nothing is signed (in development), else
 * what looks signed.
 */
export function workTaken({ elsewhere, signed }: { elsewhere: boolean; signed: boolean }) {
  if (elsewhere) return () => false;
  return signed ? looksSigned : () => true;
}
