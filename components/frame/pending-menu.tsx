'use client';

import { Inbox } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from 'react-aria-components/Button';
import { monthName } from '@/components/statement-access/month-name';
import { Menu } from '@/components/ui/menu';
import type { PendingWork } from '@/server/modules/core/pending/schema';

const MOST = 99;

/** The month that an address is about, as the reader writes it; empty where it is about none. */
function monthOf(address: string, locale: string): string {
  const month = /\d{4}-\d{2}/.exec(address)?.[0];
  return month ? monthName(month, locale) : '';
}

/** What waits for whoever is signed in, and the way to it. */
export function PendingMenu({ pending }: { pending: readonly PendingWork[] }) {
  const t = useTranslations('frame.pending');
  const locale = useLocale();
  const count = pending.reduce((sum, work) => sum + work.count, 0);
  const label = t('label', { count });
  return (
    <Menu
      label={label}
      trigger={
        <Button
          aria-label={label}
          className="relative grid size-9 place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-11"
        >
          <Inbox aria-hidden="true" className="size-4" />
          {count > 0 && (
            <span
              aria-hidden="true"
              className="absolute top-0.5 left-1/2 ml-0.5 min-w-4 rounded-full bg-accent px-1 text-center text-[0.625rem] leading-4 font-semibold text-on-accent"
            >
              {count > MOST ? `${MOST}+` : count}
            </span>
          )}
        </Button>
      }
      header={<p className={count > 0 ? 'font-semibold' : 'text-ink-2'}>{label}</p>}
      items={pending.map(({ kind, address, count: many }) => ({
        id: `${kind} ${address}`,
        label: t(kind, { count: many, month: monthOf(address, locale) }),
        href: address,
      }))}
    />
  );
}
