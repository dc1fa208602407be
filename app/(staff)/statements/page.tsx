import { getTranslations } from 'next-intl/server';
import { StatementsScreen } from '@/components/statements/statements-screen';
import { businessMonth } from '@/server/api/business-month';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { openPlace } from '@/server/api/session';
import { statementRights } from '@/server/api/statement-rights';

export async function generateMetadata() {
  return { title: (await getTranslations('statements'))('title') };
}

export default async function StatementsPage() {
  const actor = await openPlace('/statements');
  const [{ month, currency }] = await Promise.all([businessMonth(), prefetch(trpc.statements.periods.queryOptions())]);
  return (
    <Prefetched>
      <StatementsScreen mayRun={statementRights(actor.role).mayRun} thisMonth={month} currency={currency} />
    </Prefetched>
  );
}
