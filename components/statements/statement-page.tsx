'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { DetailPage } from '@/components/kit/detail/detail-page';
import { monthName } from '@/components/statement-access/month-name';
import type { Rights } from './month-actions';
import { StatementBadge } from './statement-badge';
import { StatementView } from './statement-view';

const REFRESH_MS = 2_000;

/** One doctor's statement at its own address. */
export function StatementPage({ id, rights }: { id: string; rights: Rights }) {
  const t = useTranslations('statements');
  const locale = useLocale();
  const { data: statement } = useSuspenseQuery(
    useTRPC().statements.byId.queryOptions(
      { statementId: id },
      {
        // While the PDFs of a sealed statement are being drawn.
        refetchInterval: ({ state }) => (state.data?.hash && state.data.documents.length < 2 ? REFRESH_MS : false),
      },
    ),
  );
  const { doctor } = statement.content;
  return (
    <DetailPage
      title={doctor.name}
      status={<StatementBadge state={statement.state} />}
      description={`${doctor.code} · ${doctor.plan ? t('detail.plan', { plan: doctor.plan }) : t('detail.noPlan')}`}
      back={{
        href: `/statements/${statement.month}`,
        label: t('month', { month: monthName(statement.month, locale) }),
      }}
      width="wide"
    >
      <StatementView statement={statement} rights={rights} />
    </DetailPage>
  );
}
