import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { getLocale } from 'next-intl/server';
import type { ReactNode } from 'react';
import { THEME_COOKIE, toTheme } from '@/components/ui/theme';
import { MessagesProvider } from '@/i18n/messages-provider';
import { beVietnamPro } from './fonts/fonts';
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
  const theme = toTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang={locale} data-theme={theme === 'system' ? undefined : theme} className={beVietnamPro.variable}>
      <body>
        <MessagesProvider namespaces={[]}>{children}</MessagesProvider>
      </body>
    </html>
  );
}
