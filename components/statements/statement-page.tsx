'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { PageHeader } from '@/components/frame/page-header';
import type { Rights } from './month-actions';
import { monthText } from './month-text';
import { StatementBadge } from './statement-badge';
import { StatementView } from './statement-view';

const REFRESH_MS = 2_000;

/** One doctor's statement at its own address. */
export function StatementPage({ id, rights }: { id: string; rights: Rights }) {
  const t = useTranslations('statements');
  const { data: statement } = useSuspenseQuery(
    useTRPC().statements.byId.queryOptions(
      { statementId: id },
      {
        // While the PDFs of a sealed statement are being rendered.
        refetchInterval: ({ state }) => (state.data?.hash && state.data.documents.length < 2 ? REFRESH_MS : false),
      },
    ),
  );
  const { doctor } = statement.content;
  return (
    <div className="mx-auto max-w-6xl">
      <PageHeader
        title={doctor.name}
        status={<StatementBadge state={statement.state} />}
        description={`${doctor.code} · ${doctor.plan ? t('detail.plan', { plan: doctor.plan }) : t('detail.noPlan')}`}
        back={
          <Link href={`/statements/${statement.month}`} className="inline-flex items-center gap-1 hover:underline">
            <ArrowLeft aria-hidden="true" className="size-3.5" />
            {t('month', { month: monthText(statement.month) })}
          </Link>
        }
      />
      <StatementView statement={statement} rights={rights} />
    </div>
  );
}
