'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { TierBadge } from '@/components/ui/badge';
import type { Column } from '@/components/ui/data-table-types';
import { DateTime } from '@/components/ui/date-time';
import { Money } from '@/components/ui/money';
import type { UploadRow } from '@/server/modules/intake/uploads/schema';
import { UploadStateBadge } from './upload-state';

/** A thin bar under the word while something goes on. */
function StateCell({ row }: { row: UploadRow }) {
  const t = useTranslations('uploads');
  const format = useFormatter();
  if (row.state !== 'committing') return <UploadStateBadge state={row.state} />;
  const share = row.valid > 0 ? row.written / row.valid : 0;
  return (
    <span className="flex items-center gap-2">
      <UploadStateBadge state={row.state} />
      <span className="tabular text-xs text-ink-2">
        {t('writtenShare', { share: format.number(share, { style: 'percent' }) })}
      </span>
    </span>
  );
}

export function useUploadColumns(): Column<UploadRow>[] {
  const t = useTranslations('uploads.columns');
  const format = useFormatter();
  const count = (value: number) => <span className="tabular">{format.number(value)}</span>;
  return [
    {
      id: 'fileName',
      header: t('fileName'),
      cell: (row) => <span className="font-medium">{row.fileName}</span>,
      minWidth: 180,
      sortable: true,
    },
    { id: 'state', header: t('state'), cell: (row) => <StateCell row={row} />, width: 140 },
    { id: 'rows', header: t('rows'), cell: (row) => count(row.rows), width: 100, align: 'end', sortable: true },
    { id: 'valid', header: t('valid'), cell: (row) => count(row.valid), width: 88, align: 'end' },
    {
      id: 'invalid',
      header: t('invalid'),
      cell: (row) =>
        row.invalid > 0 ? <span className="tabular text-wrong">{format.number(row.invalid)}</span> : count(0),
      width: 76,
      align: 'end',
    },
    {
      id: 'netTotal',
      header: t('netTotal'),
      cell: (row) => <Money minor={row.netTotal} currency={row.currency} withCurrency={false} />,
      width: 128,
      align: 'end',
      sortable: true,
    },
    { id: 'tier', header: t('lane'), cell: (row) => <TierBadge tier={row.tier} />, width: 120 },
    {
      id: 'createdAt',
      header: t('createdAt'),
      cell: (row) => <DateTime value={row.createdAt} />,
      width: 152,
      sortable: true,
    },
    { id: 'createdBy', header: t('createdBy'), cell: (row) => row.createdByName ?? '—', width: 136 },
  ];
}
