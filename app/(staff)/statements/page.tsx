import { getTranslations } from 'next-intl/server';
import { StatementsScreen } from '@/components/statements/statements-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { businessMonth } from '@/server/pages/business-month';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';
import { statementRights } from '@/server/pages/statement-rights';

export async function generateMetadata() {
  return { title: (await getTranslations('statements'))('title') };
}

export default async function StatementsPage() {
  const actor = await openPlace('/statements');
  const [{ month, currency }] = await Promise.all([businessMonth(), prefetch(trpc.statements.periods.queryOptions())]);
  return (
    <PageMessages namespaces={['statements']}>
      <Prefetched>
        <StatementsScreen mayRun={statementRights(actor.role).mayRun} thisMonth={month} currency={currency} />
      </Prefetched>
    </PageMessages>
  );
}
