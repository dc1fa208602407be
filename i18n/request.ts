import { cookies } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { loadMessages } from './catalogue';
import { DEFAULT_TIME_ZONE, LOCALE_COOKIE, toLocale } from './locales';

/** Language of this request: an explicit `getTranslations({ locale })` first, then the person's cookie. */
export default getRequestConfig(async ({ locale: asked }) => {
  const locale = toLocale(asked ?? (await cookies()).get(LOCALE_COOKIE)?.value);
  return { locale, messages: await loadMessages(locale), timeZone: DEFAULT_TIME_ZONE };
});
