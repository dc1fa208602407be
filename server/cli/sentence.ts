import { createTranslator } from 'next-intl';
import { loadMessages } from '@/i18n/catalogue';
import { env } from '@/server/platform/env';
import type { PortalError } from '@/server/platform/errors';

/** The sentence for people of an error, in the language of PORTAL_LANG, else Vietnamese. */
export async function sentence(error: PortalError): Promise<string> {
  const locale = cliLocale();
  const t = createTranslator({ locale, messages: await loadMessages(locale), namespace: 'errors' });
  const key = error.code as Parameters<typeof t.has>[0];
  return t.has(key) ? t(key, error.params) : error.message;
}

export const cliLocale = (): 'vi' | 'en' => env().PORTAL_LANG;
