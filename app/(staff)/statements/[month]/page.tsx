import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { MonthScreen } from '@/components/statements/month-screen';
import { businessMonth, monthInAddress } from '@/server/api/business-month';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { openPlace } from '@/server/api/session';
import { statementRights } from '@/server/api/statement-rights';

type Props = { params: Promise<{ month: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('statements'))('title') };
}

export default async function MonthPage({ params }: Props) {
  const actor = await openPlace('/statements');
  const today = await businessMonth();
  const month = monthInAddress((await params).month, today.month);
  if (!month) notFound();
  await prefetch(trpc.statements.month.queryOptions({ month }), trpc.statements.periods.queryOptions());
  return (
    <Prefetched>
      <MonthScreen month={month} thisMonth={today.month} rights={statementRights(actor.role)} />
    </Prefetched>
  );
}
