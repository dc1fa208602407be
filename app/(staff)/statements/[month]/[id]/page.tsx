import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { StatementPage } from '@/components/statements/statement-page';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { loadDetail } from '@/server/pages/load-detail';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';
import { statementRights } from '@/server/pages/statement-rights';

type Props = { params: Promise<{ month: string; id: string }> };

// The title names the place, not the doctor: titles end up in histories and logs.
export async function generateMetadata() {
  return { title: (await getTranslations('statements'))('title') };
}

export default async function OneStatementPage({ params }: Props) {
  const actor = await openPlace('/statements');
  const { month, id: statementId } = await params;
  const found = await loadDetail(trpc.statements.byId.queryOptions({ statementId }));
  if (found.month !== month) notFound();
  if (found.publishedAt) await prefetch(trpc.gate.life.queryOptions({ statementId }));
  return (
    <PageMessages namespaces={['doctor-statement', 'doctors', 'statements']}>
      <Prefetched>
        <StatementPage id={statementId} rights={statementRights(actor.role)} />
      </Prefetched>
    </PageMessages>
  );
}
