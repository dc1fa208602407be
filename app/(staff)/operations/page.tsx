import { getTranslations } from 'next-intl/server';
import { OperationsScreen } from '@/components/operations/operations-screen';
import { runPage } from '@/components/operations/run-filters';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('operations'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OperationsPage({ searchParams }: Props) {
  const actor = await openPlace('/operations');
  const params = await searchParams;
  await prefetch(
    trpc.operations.overview.queryOptions(),
    trpc.operations.runs.infiniteQueryOptions(runPage(params), { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <PageMessages namespaces={['doctors', 'notifications', 'operations']}>
      <Prefetched>
        <OperationsScreen mayAct={can(actor.role, 'operations.act')} showsMessages={can(actor.role, 'message.read')} />
      </Prefetched>
    </PageMessages>
  );
}
