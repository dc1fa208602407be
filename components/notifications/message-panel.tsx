'use client';

import { useTranslations } from 'next-intl';
import { DetailPanel } from '@/components/kit/detail/detail-panel';
import type { PagedList } from '@/components/kit/list/list-table';
import { DateTime } from '@/components/ui/date-time';
import { EmptyState } from '@/components/ui/empty-state';
import type { BoxMessage } from '@/server/modules/core/notifications/schema';
import { ChannelIcon } from './use-message-columns';

type Props = { message: BoxMessage | undefined; list: PagedList<BoxMessage>; onClose: () => void };

/** A message in full, beside the list that it was read with. */
export function MessagePanel({ message, list, onClose }: Props) {
  const t = useTranslations('notifications');
  const gone = message === undefined && !list.isPending && !list.error;
  return (
    <DetailPanel
      query={{ data: gone ? null : message, error: list.error, refetch: list.refetch }}
      loading={t('label')}
      title={(data) => data?.to ?? t('label')}
      subtitle={(data) => data && <DateTime value={data.at} precision="second" />}
      onClose={onClose}
    >
      {(data) =>
        data ? (
          <div className="flex flex-col gap-3">
            <p className="flex items-center gap-2 font-medium">
              <ChannelIcon channel={data.channel} />
              {data.subject ?? t(data.channel)}
            </p>
            <p className="break-words whitespace-pre-wrap">{data.text}</p>
          </div>
        ) : (
          <EmptyState title={t('noneFound')}>{t('noneFoundHelp')}</EmptyState>
        )
      }
    </DetailPanel>
  );
}
