import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';

export interface MessagesProviderProps {
  /** Namespaces (file names under i18n/messages/<locale>) that client components below may read; `ui` always is. */
  namespaces: 'all' | readonly string[];
  /** The organisation's zone; the default zone when left out. */
  timeZone?: string;
  children: ReactNode;
}

/** Sends the browser only the messages that a surface needs: a doctor's phone has no use for those of the back office. */
export async function MessagesProvider({ namespaces, timeZone, children }: MessagesProviderProps) {
  const all = await getMessages();
  const wanted = namespaces === 'all' ? Object.keys(all) : ['ui', ...namespaces];
  const messages = Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
  return (
    <NextIntlClientProvider messages={messages} {...(timeZone ? { timeZone } : {})}>
      {children}
    </NextIntlClientProvider>
  );
}
