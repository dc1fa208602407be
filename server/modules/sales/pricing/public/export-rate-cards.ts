import type { ListExport, Translate } from '@/server/modules/core/lists/schema';
import { listRateCards } from '../queries';
import { listRateCardsInput, type RateCardListRow } from '../schema';

function scopeOf(row: RateCardListRow, t: Translate): string {
  if (row.scope === 'customer') return `${row.customerName} (${row.customerCode})`;
  if (row.scope === 'branch') return t('target.branch', { name: `${row.branchNameVi} (${row.branchCode})` });
  return row.scope === 'tier' ? `${t('target.tier')} ${row.tier}` : t('target.all');
}

/** The list of rate cards as a file; validity, state and services are those of the one version that a row shows. */
export const exportRateCards: ListExport<RateCardListRow> = {
  namespace: 'pricing',
  title: (t) => t('title'),
  columns: [
    { id: 'code', header: (t) => t('columns.code'), cell: (row) => row.code },
    { id: 'scope', header: (t) => t('columns.scope'), cell: scopeOf },
    { id: 'validity', header: (t) => t('columns.validity'), cell: (row) => ({ day: row.version?.validFrom ?? null }) },
    {
      id: 'validTo',
      header: (t) => t('exportColumns.validTo'),
      cell: (row) => ({ day: row.version?.validTo ?? null }),
    },
    {
      id: 'state',
      header: (t) => t('columns.state'),
      cell: (row, t) => (row.version ? t(`states.${row.version.state}`) : null),
    },
    { id: 'services', header: (t) => t('columns.services'), cell: (row) => row.version?.itemCount ?? null },
    { id: 'versions', header: (t) => t('columns.versions'), cell: (row) => row.versionCount },
    { id: 'currency', header: (t) => t('detail.currency'), cell: (row) => row.currency },
  ],
  read: ({ actor, fields }) => {
    const asked = listRateCardsInput.parse(fields);
    return (page) => listRateCards({ actor, ...asked, ...page });
  },
};
