import 'server-only';
import { cookies } from 'next/headers';
import { LOCALE_COOKIE, toLocale } from '@/i18n/locales';
import { asPortalError, httpStatus } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';

/** Sends a browser on after a form, so that reloading repeats nothing. */
export const seeOther = (path: string): Response =>
  new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store' } });

/** The page of a token: what is no token leads to the page that says so. */
export const gatePath = (token: string): string => `/s/${encodeURIComponent(token.slice(0, 100))}`;

/** Back to the gate's page, which has a sentence for what went wrong. Only codes and seconds stand in the address. */
export function backWith(token: string, error: unknown, correlationId: string): Response {
  const known = asPortalError(error);
  const log = logger('gate');
  const facts = { code: known.code, correlationId };
  if (known.kind === 'internal') log.error({ ...facts, err: known.cause ?? known }, 'gate failed');
  else log.info(facts, 'gate refused');
  if (known.kind === 'not-found') return seeOther(gatePath(token));
  const { seconds } = known.params;
  const query = new URLSearchParams({ problem: known.kind === 'internal' ? 'unavailable' : known.code });
  if (seconds !== undefined) query.set('seconds', String(seconds));
  return seeOther(`${gatePath(token)}?${query}`);
}

/** A plain answer for what is not a page: the status, and nothing that tells why. */
export function refusal(error: unknown, correlationId: string): Response {
  const known = asPortalError(error);
  if (known.kind === 'internal') {
    logger('documents').error({ correlationId, err: known.cause ?? known }, 'document failed');
  }
  const status = httpStatus(known);
  return new Response(null, { status, headers: { 'cache-control': 'no-store', 'x-correlation-id': correlationId } });
}

const YEAR_SECONDS = 31_536_000;

/** Remembers the language of the pages; works without a script, as a plain link. */
export async function rememberLanguage(asked: string | null): Promise<void> {
  const jar = await cookies();
  jar.set(LOCALE_COOKIE, toLocale(asked ?? undefined), { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax' });
}
