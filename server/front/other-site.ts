import type { IncomingMessage } from 'node:http';
import { pathOf } from './request-path';

/** The pages of the gate send no referrer, so that browsers write `null` for their origin. */
const SAYS_NOTHING = /^\/s\//;

const ASKS_ONLY = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a page of another site, or of a neighbouring host, has a browser act here, with whatever cookies it holds. Browsers say so
 * themselves: by `Sec-Fetch-Site`, and where they leave that out (no TLS, or an old one) by `Origin`. Programs say neither.
 * @param publicOrigin how people reach the portal
 */
export function isSentByOtherSite(request: IncomingMessage, publicOrigin: string): boolean {
  if (ASKS_ONLY.has(request.method ?? '')) return false;
  const { origin, host = '', 'sec-fetch-site': site } = request.headers;
  if (site !== undefined) return site !== 'same-origin';
  if (origin === undefined || origin === publicOrigin) return false;
  if (origin === 'null') return !SAYS_NOTHING.test(pathOf(request));
  return URL.parse(origin)?.host !== host.toLowerCase();
}
