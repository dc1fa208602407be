import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { StandingWordsProvider } from '@/components/frame/standing-page';
import { THEME_COOKIE, toTheme } from '@/components/ui/theme';
import { beVietnamPro, geistMono } from './fonts/fonts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Sapoche Portal', template: '%s · Sapoche Portal' },
  robots: { index: false, follow: false },
  manifest: '/manifest.webmanifest',
  icons: { apple: '/icons/apple-touch-icon.png' },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f7f8' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1114' },
  ],
};

/** Language and theme come from cookies, so the first paint is already the right one. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const t = await getTranslations('ui.error');
  const words = { title: t('title'), sentence: t('sentence'), code: t('code'), retry: t('retry') };
  const theme = toTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html
      lang={locale}
      data-theme={theme === 'system' ? undefined : theme}
      className={`${beVietnamPro.variable} ${geistMono.variable}`}
    >
      <body>
        <StandingWordsProvider words={words}>{children}</StandingWordsProvider>
      </body>
    </html>
  );
}
