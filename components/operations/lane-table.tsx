'use client';

import { useTranslations } from 'next-intl';
import { TierBadge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import type { Lane } from '@/server/modules/operations/schema';

export function LaneTable({ lanes }: { lanes: Lane[] }) {
  const t = useTranslations('operations.lane');
  return (
    <DataTable
      label={t('tier')}
      rows={lanes}
      rowKey={(lane) => lane.tier}
      columns={[
        { id: 'tier', header: t('tier'), cell: (lane) => <TierBadge tier={lane.tier} /> },
        { id: 'waiting', header: t('waiting'), align: 'end', cell: (lane) => lane.waiting },
        { id: 'rowsLeft', header: t('rowsLeft'), align: 'end', cell: (lane) => lane.rowsLeft },
        { id: 'rowsLastHour', header: t('rowsLastHour'), align: 'end', cell: (lane) => lane.rowsLastHour },
      ]}
    />
  );
}
