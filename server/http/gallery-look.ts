import { LOCALE_COOKIE, LOCALES } from '../../i18n/locales';

/** As in components/ui/theme.ts, which belongs to the screens. */
const THEME_COOKIE = 'theme';
const THEMES = ['light', 'dark'] as const;

const GALLERY = /^\/design(\/|$)/;

/**
 * The gallery stands in the theme and the language that its address names, whatever the browser keeps: its pictures are taken so, and a
 * link to it shows what it is about. Returns the cookies as the page is to read them, or null where nothing changes.
 */
export function galleryCookies({ pathname, searchParams }: URL, cookies: string): string | null {
  if (!GALLERY.test(pathname)) return null;
  const theme = THEMES.find((one) => one === searchParams.get('theme'));
  const language = LOCALES.find((one) => one === searchParams.get('lang'));
  const named = [...(theme ? [[THEME_COOKIE, theme]] : []), ...(language ? [[LOCALE_COOKIE, language]] : [])];
  if (named.length === 0) return null;
  const kept = cookies.split(/;\s*/).filter((one) => one !== '' && !named.some(([name]) => one.startsWith(`${name}=`)));
  return [...kept, ...named.map(([name, value]) => `${name}=${value}`)].join('; ');
}
