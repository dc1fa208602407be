'use client';

import { useTranslations } from 'next-intl';
import { Code } from '@/components/ui/code';
import type { Column } from '@/components/ui/data-table-types';
import type { RateCardListRow } from '@/server/modules/sales/pricing/schema';
import { RateCardScope } from './rate-card-scope';
import { Validity, VersionStateBadge } from './version-state';

/** The columns of the list of cards; validity, state and services are those of the one version that a row shows. */
export function useRateCardColumns(): Column<RateCardListRow>[] {
  const t = useTranslations('pricing');
  const none = <span className="text-ink-3">—</span>;
  return [
    {
      id: 'code',
      header: t('columns.code'),
      cell: (row) => <Code className="font-semibold">{row.code}</Code>,
      width: 176,
      sortable: true,
    },
    { id: 'scope', header: t('columns.scope'), cell: (row) => <RateCardScope target={row} />, minWidth: 220 },
    {
      id: 'validity',
      header: t('columns.validity'),
      cell: (row) => (row.version ? <Validity version={row.version} /> : none),
      width: 216,
    },
    {
      id: 'state',
      header: t('columns.state'),
      cell: (row) => (row.version ? <VersionStateBadge version={row.version} /> : none),
      width: 224,
    },
    {
      id: 'services',
      header: t('columns.services'),
      cell: (row) => row.version?.itemCount ?? none,
      width: 96,
      align: 'end',
    },
    { id: 'versions', header: t('columns.versions'), cell: (row) => row.versionCount, width: 104, align: 'end' },
    { id: 'currency', header: t('detail.currency'), cell: (row) => row.currency, width: 96, hidden: true },
  ];
}
