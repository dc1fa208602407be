import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { MonthScreen } from '@/components/statements/month-screen';
import { nextStatements, statementPage } from '@/components/statements/statement-page-input';
import { businessMonth, monthInAddress } from '@/server/api/business-month';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { openPlace } from '@/server/api/session';
import { statementRights } from '@/server/api/statement-rights';

type Props = {
  params: Promise<{ month: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata() {
  return { title: (await getTranslations('statements'))('title') };
}

export default async function MonthPage({ params, searchParams }: Props) {
  const actor = await openPlace('/statements');
  const today = await businessMonth();
  const month = monthInAddress((await params).month, today.month);
  if (!month) notFound();
  const { q, state } = await searchParams;
  await prefetch(
    trpc.statements.month.queryOptions({ month }),
    trpc.statements.periods.queryOptions(),
    trpc.statements.list.infiniteQueryOptions(statementPage({ month, q, state }), { getNextPageParam: nextStatements }),
  );
  return (
    <Prefetched>
      <MonthScreen month={month} thisMonth={today.month} rights={statementRights(actor.role)} />
    </Prefetched>
  );
}
