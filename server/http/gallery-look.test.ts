import { expect, it } from 'vitest';
import { THEME_COOKIE } from '@/components/ui/theme';
import { LOCALE_COOKIE } from '@/i18n/locales';
import { galleryCookies } from './gallery-look';

const at = (address: string) => new URL(address, 'http://portal');

it('the gallery stands in the theme and language of its address, whatever the browser keeps', () => {
  const kept = `a=1; ${THEME_COOKIE}=light; ${LOCALE_COOKIE}=vi; b=2`;
  expect(galleryCookies(at('/design?theme=dark&lang=en&density=compact'), kept)).toBe(
    `a=1; b=2; ${THEME_COOKIE}=dark; ${LOCALE_COOKIE}=en`,
  );
  expect(galleryCookies(at('/design/frame?lang=en'), '')).toBe(`${LOCALE_COOKIE}=en`);
});

it('what it does not know, and every other page, changes nothing', () => {
  expect(galleryCookies(at('/design?theme=pink&lang=fr'), 'a=1')).toBeNull();
  expect(galleryCookies(at('/orders?theme=dark&lang=en'), 'a=1')).toBeNull();
  expect(galleryCookies(at('/designs?theme=dark'), 'a=1')).toBeNull();
});
