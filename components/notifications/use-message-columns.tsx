'use client';

import { Mail, MessageSquareText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Column } from '@/components/ui/data-table-types';
import { DateTime } from '@/components/ui/date-time';
import type { BoxMessage, Channel } from '@/server/modules/core/notifications/schema';

/** The way that a message took. */
export function ChannelIcon({ channel }: { channel: Channel }) {
  const t = useTranslations('notifications');
  const Icon = channel === 'sms' ? MessageSquareText : Mail;
  return <Icon role="img" aria-label={t(channel)} className="size-4 shrink-0 text-ink-3" />;
}

export function useMessageColumns(): Column<BoxMessage>[] {
  const t = useTranslations('notifications.columns');
  return [
    {
      id: 'to',
      header: t('to'),
      cell: (row) => (
        <span className="flex items-center gap-2">
          <ChannelIcon channel={row.channel} />
          <span className="min-w-0 truncate">{row.to}</span>
        </span>
      ),
      width: 240,
    },
    { id: 'at', header: t('at'), cell: (row) => <DateTime value={row.at} precision="second" />, width: 184 },
    {
      id: 'text',
      header: t('text'),
      cell: (row) => (
        <>
          {row.subject && <span className="font-medium">{row.subject} · </span>}
          {row.text}
        </>
      ),
      minWidth: 320,
      long: true,
    },
  ];
}
