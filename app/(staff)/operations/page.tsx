import { getTranslations } from 'next-intl/server';
import { OperationsScreen } from '@/components/operations/operations-screen';
import { runPage } from '@/components/operations/run-filters';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/platform/permissions';

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
    <Prefetched>
      <OperationsScreen mayAct={can(actor.role, 'operations.act')} showsMessages={can(actor.role, 'message.read')} />
    </Prefetched>
  );
}
