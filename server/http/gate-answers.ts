import 'server-only';
import { cookies } from 'next/headers';
import { LOCALE_COOKIE, toLocale } from '@/i18n/locales';
import { asPortalError } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import { seeOther } from './answers';

/** The page of a token; anything else leads to the not-found page. */
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

const YEAR_SECONDS = 31_536_000;

/** Remembers the language of the pages; works without a script, as a plain link. */
export async function rememberLanguage(asked: string | null): Promise<void> {
  const jar = await cookies();
  jar.set(LOCALE_COOKIE, toLocale(asked ?? undefined), { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax' });
}
