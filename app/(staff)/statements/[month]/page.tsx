import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { MonthScreen } from '@/components/statements/month-screen';
import { nextStatements, statementPage } from '@/components/statements/statement-page-input';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { businessMonth, monthInAddress } from '@/server/pages/business-month';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';
import { statementRights } from '@/server/pages/statement-rights';

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
  await prefetch(
    trpc.statements.month.queryOptions({ month }),
    trpc.statements.periods.queryOptions(),
    trpc.statements.list.infiniteQueryOptions(statementPage(month, await searchParams), {
      getNextPageParam: nextStatements,
    }),
  );
  return (
    <PageMessages namespaces={['doctor-statement', 'doctors', 'statements']}>
      <Prefetched>
        <MonthScreen month={month} thisMonth={today.month} rights={statementRights(actor.role)} />
      </Prefetched>
    </PageMessages>
  );
}
