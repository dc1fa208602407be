import { createTranslator } from 'next-intl';
import { loadMessages } from '@/i18n/catalogue';
import type { Locale } from '@/i18n/locales';
import { asPortalError, httpStatus, type PortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import { STANDING_PAGE_POLICY, standingPage } from '@/server/platform/standing-page';

/** Sends a browser on after a form, so that reloading repeats nothing. */
export const seeOther = (path: string): Response =>
  new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store' } });

/** Who asked: a program, or a person whose browser shows the answer. */
export type Asker = { request: Request; locale: Locale };

const AGAIN_SECONDS = 5;

/**
 * An answer for what is not a page: the status, and no reason. A person who opened it in a browser gets the sentence in the own
 * language instead of a blank page; where it may be there in a moment, the page asks again by itself.
 */
export async function refusal(error: unknown, correlationId: string, asker?: Asker): Promise<Response> {
  const known = asPortalError(error);
  logInternal(known, correlationId);
  const status = httpStatus(known);
  const headers = { 'cache-control': 'no-store', 'x-correlation-id': correlationId };
  if (!asker?.request.headers.get('accept')?.includes('text/html')) return new Response(null, { status, headers });
  const answer = new Response(await refusalPage(known, correlationId, asker), { status, headers });
  answer.headers.set('content-type', 'text/html; charset=utf-8');
  answer.headers.set('content-security-policy', STANDING_PAGE_POLICY);
  if (known.kind === 'unavailable') answer.headers.set('retry-after', String(AGAIN_SECONDS));
  return answer;
}

async function refusalPage(known: PortalError, correlationId: string, { request, locale }: Asker): Promise<string> {
  const messages = await loadMessages(locale);
  const errors = createTranslator({ locale, messages, namespace: 'errors' });
  const ui = createTranslator({ locale, messages, namespace: 'ui' });
  const passes = known.kind === 'unavailable';
  const code = known.code as Parameters<typeof errors.has>[0];
  const said = known.kind !== 'internal' && errors.has(code);
  const { pathname, search } = new URL(request.url);
  return standingPage({
    locale,
    title: ui(passes ? 'unavailable.title' : 'error.title'),
    sentence: said ? errors(code, known.params) : `${errors('internal')} ${correlationId}`,
    ...(passes && { again: { href: `${pathname}${search}`, seconds: AGAIN_SECONDS } }),
  });
}

/** The same for a screen's own script, which has a sentence for the code: `{reason, params, correlationId}`. */
export function refusalAsJson(error: unknown, correlationId: string): Response {
  const known = asPortalError(error);
  logInternal(known, correlationId);
  const { code: reason, params } = known;
  const headers = { 'cache-control': 'no-store' };
  return Response.json({ reason, params, correlationId }, { status: httpStatus(known), headers });
}

function logInternal(known: ReturnType<typeof asPortalError>, correlationId: string): void {
  if (known.kind !== 'internal') logger('http').info({ correlationId, code: known.code }, 'request refused');
  else logger('http').error({ correlationId, err: known.cause ?? known }, 'request failed');
}
