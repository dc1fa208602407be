import { getTranslations } from 'next-intl/server';
import { runPage } from '@/components/operations/run-filters';
import { RunsScreen } from '@/components/operations/runs-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('operations'))('runs') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function RunsPage({ searchParams }: Props) {
  const actor = await openPlace('/operations');
  await prefetch(
    trpc.operations.overview.queryOptions(),
    trpc.operations.runs.infiniteQueryOptions(runPage(await searchParams), {
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  return (
    <PageMessages namespaces={['operations']}>
      <Prefetched>
        <RunsScreen mayAct={can(actor.role, 'operations.act')} showsMessages={can(actor.role, 'message.read')} />
      </Prefetched>
    </PageMessages>
  );
}
