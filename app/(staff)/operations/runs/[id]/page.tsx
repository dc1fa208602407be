import { getTranslations } from 'next-intl/server';
import { RunPage } from '@/components/operations/run-page';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { loadDetail } from '@/server/pages/load-detail';
import { Prefetched, trpc } from '@/server/pages/prefetch';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('operations'))('runs') };
}

export default async function OneRunPage({ params }: Props) {
  const actor = await openPlace('/operations');
  const { id } = await params;
  const { runId } = await loadDetail(trpc.operations.run.queryOptions({ runId: id }));
  return (
    <PageMessages namespaces={['operations']}>
      <Prefetched>
        <RunPage runId={runId} mayAct={can(actor.role, 'operations.act')} />
      </Prefetched>
    </PageMessages>
  );
}
