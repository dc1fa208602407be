'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { TierBadge } from '@/components/ui/badge';
import type { Column } from '@/components/ui/data-table-types';
import { DateTime } from '@/components/ui/date-time';
import type { RunRow } from '@/server/modules/core/operations/schema';
import { RunStateBadge } from './run-state';
import { SubjectLink } from './subject-link';
import { useDuration } from './use-duration';
import { useCauseSentence, useFunctionName } from './use-names';

/** How long a run took, or has taken until it was last looked at. */
const lengthOf = (row: RunRow, seenAt: number) => (row.endedAt?.getTime() ?? seenAt) - row.startedAt.getTime();

/** The columns of the runs; `seenAt` is when the rows came. */
export function useRunColumns(seenAt: number): Column<RunRow>[] {
  const t = useTranslations('operations.columns');
  const format = useFormatter();
  const duration = useDuration();
  const nameOf = useFunctionName();
  const sentenceOf = useCauseSentence();
  return [
    { id: 'function', header: t('function'), cell: (row) => nameOf(row.functionId), minWidth: 232 },
    { id: 'subject', header: t('subject'), cell: (row) => <SubjectLink about={row} inTable />, width: 184 },
    { id: 'state', header: t('state'), cell: (row) => <RunStateBadge state={row.state} />, width: 136 },
    {
      id: 'startedAt',
      header: t('startedAt'),
      cell: (row) => <DateTime value={row.startedAt} precision="second" />,
      width: 180,
    },
    { id: 'took', header: t('took'), cell: (row) => duration(lengthOf(row, seenAt)), width: 104, align: 'end' },
    {
      id: 'attempts',
      header: t('attempts'),
      cell: (row) => format.number(row.attempts),
      width: 84,
      align: 'end',
      hidden: true,
    },
    {
      id: 'error',
      header: t('error'),
      cell: (row) => (row.errorCode ? sentenceOf(row.errorCode) : '—'),
      width: 152,
    },
    { id: 'tier', header: t('tier'), cell: (row) => (row.tier ? <TierBadge tier={row.tier} /> : '—'), width: 112 },
  ];
}
