/** The languages of the screens, in the order in which they are offered. Documents default to the first. */
export const LOCALES = ['vi', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'vi';

/** The cookie that carries a person's choice of language; it holds a locale and nothing else. */
export const LOCALE_COOKIE = 'locale';

/** The zone of business days until the organisation's own setting is known. */
export const DEFAULT_TIME_ZONE = 'Asia/Ho_Chi_Minh';

export function toLocale(value: string | undefined): Locale {
  return LOCALES.find((locale) => locale === value) ?? DEFAULT_LOCALE;
}
