import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { PathnameContext, SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime';
import { type AbstractIntlMessages, NextIntlClientProvider } from 'next-intl';
import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { expect } from 'vitest';
import { render, renderHook } from 'vitest-browser-react';
import { ApiProvider } from '@/components/api/trpc';
import { PersonalKeyProvider } from '@/components/identity/personal-key';
import { ActsUnderWay } from '@/components/kit/long-act/acts-under-way';
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

const testPage = location.href;

/** An address of its own for the component: what it pushes and replaces is what it then reads, in the browser's own address too. */
function Address({ start, arrivesAfterMs, children }: { start: string; arrivesAfterMs: number; children: ReactNode }) {
  const [address, setAddress] = useState(() => {
    const first = new URL(start, location.origin);
    history.replaceState(null, '', first);
    return first;
  });
  useEffect(() => () => history.replaceState(null, '', testPage), []);
  const router = useMemo(() => {
    const arrive = (href: string) => {
      const next = new URL(href, location.href);
      history.replaceState(null, '', next);
      setAddress(next);
    };
    let onItsWay: ReturnType<typeof setTimeout> | undefined;
    // An address that is asked for takes the place of one that has not arrived.
    const go = (href: string) => {
      clearTimeout(onItsWay);
      if (arrivesAfterMs === 0) arrive(href);
      else onItsWay = setTimeout(() => arrive(href), arrivesAfterMs);
    };
    const nothing = () => {};
    const steps: string[] = [];
    const push = (href: string) => {
      steps.push(location.href);
      go(href);
    };
    const back = () => go(steps.pop() ?? location.href);
    return { push, replace: go, back, forward: nothing, refresh: nothing, prefetch: nothing };
  }, [arrivesAfterMs]);
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

/** A person's key that nobody had before: what other tests left in the browser cannot be read under it. */
export const newPersonalKey = (): string => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));

let known: QueryClient | undefined;

/** Nothing is known from the test before. */
function NothingKnown({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  known = client;
  useState(() => client.clear());
  return children;
}

/** What a procedure said is asked for again, as where something has changed elsewhere. */
export const askAgain = (...path: string[]) => known?.invalidateQueries({ queryKey: [path] });

/** `personalKey`: of whoever is signed in; nothing is kept in the browser without one. `arrivesAfterMs`: how long an address takes. */
type Around = {
  locale?: Locale;
  address?: string;
  personalKey?: string;
  arrivesAfterMs?: number;
  person?: string;
};

/** What stands around every screen: address, language, zone, toasts, what takes long, procedures. */
const Screen = ({
  children,
  locale = 'vi',
  address = '/',
  personalKey,
  arrivesAfterMs = 0,
  person,
}: Around & { children: ReactNode }) => (
  <Address start={address} arrivesAfterMs={arrivesAfterMs}>
    <NextIntlClientProvider locale={locale} timeZone="Asia/Ho_Chi_Minh" messages={messagesOf(locale)}>
      <UiProvider>
        <ApiProvider person={person ?? null}>
          <NothingKnown>
            <PersonalKeyProvider value={personalKey ?? null}>
              <ActsUnderWay />
              <Suspense>{children}</Suspense>
            </PersonalKeyProvider>
          </NothingKnown>
        </ApiProvider>
      </UiProvider>
    </NextIntlClientProvider>
  </Address>
);

const wrapperOf = (around: Around) =>
  function Wrapper({ children }: { children: ReactNode }) {
    return <Screen {...around}>{children}</Screen>;
  };

/** A component in a real browser, within what stands around every screen. */
export const onScreen = (component: ReactNode, around: Around = {}) =>
  render(component, { wrapper: wrapperOf(around) });

/** A hook within what stands around every screen. */
export const hookOnScreen = <Result, Props>(
  hook: (props?: Props) => Result,
  around: Around = {},
  initialProps?: Props,
) => renderHook(hook, { wrapper: wrapperOf(around), ...(initialProps === undefined ? {} : { initialProps }) });

/** The component's address, once it is this one. */
export const expectAddress = (address: string) =>
  expect.poll(() => document.querySelector('[data-testid="address"]')?.textContent).toBe(address);
