import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { PathnameContext, SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime';
import { type AbstractIntlMessages, NextIntlClientProvider } from 'next-intl';
import { type ReactNode, Suspense, useMemo, useState } from 'react';
import { render } from 'vitest-browser-react';
import { ApiProvider } from '@/components/api/trpc';
import { UiProvider } from '@/components/ui/ui-provider';
import type { Locale } from '@/i18n/locales';
import '@/app/globals.css';

const files = import.meta.glob<AbstractIntlMessages>('/i18n/messages/*/*/*.json', { eager: true, import: 'default' });

/** All messages of a language, as the pages have them. */
const messagesOf = (locale: Locale): AbstractIntlMessages =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([file]) => file.startsWith(`/i18n/messages/${locale}/`))
      .map(([file, messages]) => [file.replace(/^.*\/|\.json$/g, ''), messages]),
  );

/** An address of its own for the component: what it pushes and replaces is what it then reads. */
function Address({ start, children }: { start: string; children: ReactNode }) {
  const [address, setAddress] = useState(() => new URL(start, 'http://portal.test'));
  const router = useMemo(() => {
    const go = (href: string) => setAddress((now) => new URL(href, now));
    const nothing = () => {};
    return { push: go, replace: go, back: nothing, forward: nothing, refresh: nothing, prefetch: nothing };
  }, []);
  return (
    <AppRouterContext.Provider value={router as never}>
      <PathnameContext.Provider value={address.pathname}>
        <SearchParamsContext.Provider value={address.searchParams}>
          {children}
          <output data-testid="address" hidden>{`${address.pathname}${address.search}`}</output>
        </SearchParamsContext.Provider>
      </PathnameContext.Provider>
    </AppRouterContext.Provider>
  );
}

/** A component in a real browser, within what stands around every screen: address, language, zone, toasts, procedures. */
export const onScreen = (component: ReactNode, { locale = 'vi' as Locale, address = '/' } = {}) =>
  render(
    <Address start={address}>
      <NextIntlClientProvider locale={locale} timeZone="Asia/Ho_Chi_Minh" messages={messagesOf(locale)}>
        <UiProvider>
          <ApiProvider>
            <Suspense>{component}</Suspense>
          </ApiProvider>
        </UiProvider>
      </NextIntlClientProvider>
    </Address>,
  );
