'use client';

import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import type { ReactNode } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { ToastRegion } from './toast';
import { useHeldKeys } from './use-held-keys';

/** Language for dates and figures inside the primitives, client navigation for their links, and the place for toasts. */
export function UiProvider({ children }: { children: ReactNode }) {
  const locale = useLocale();
  const router = useRouter();
  useHeldKeys();
  return (
    <I18nProvider locale={locale === 'vi' ? 'vi-VN' : 'en-GB'}>
      <RouterProvider navigate={(path) => router.push(path)}>
        {children}
        <ToastRegion />
      </RouterProvider>
    </I18nProvider>
  );
}
