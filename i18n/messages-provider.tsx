import { type AbstractIntlMessages, NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AddedMessages } from './added-messages';

export interface MessagesProviderProps {
  /** Namespaces (file names under i18n/messages/<locale>) that client components below may read; `ui` always is. */
  namespaces: readonly string[];
  /** The organisation's zone; the default zone when left out. */
  timeZone?: string;
  children: ReactNode;
}

/** Sends the browser only the messages that a surface needs: a doctor's phone has no use for those of the back office. */
export async function MessagesProvider({ namespaces, timeZone, children }: MessagesProviderProps) {
  const all = await getMessages();
  const messages = pick(all, ['ui', ...namespaces]);
  return (
    <NextIntlClientProvider messages={messages} {...(timeZone ? { timeZone } : {})}>
      {children}
    </NextIntlClientProvider>
  );
}

/** Adds to the messages of the frame those that one page and all that it opens may read: they travel with it and no other page. */
export async function PageMessages({ namespaces, children }: Pick<MessagesProviderProps, 'namespaces' | 'children'>) {
  return <AddedMessages messages={pick(await getMessages(), namespaces)}>{children}</AddedMessages>;
}

const pick = (all: AbstractIntlMessages, names: readonly string[]): AbstractIntlMessages =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
