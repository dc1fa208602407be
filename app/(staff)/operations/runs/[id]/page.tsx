import { getTranslations } from 'next-intl/server';
import { RunPage } from '@/components/operations/run-page';
import { foundOr404 } from '@/server/api/found';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { appRouter } from '@/server/api/root';
import { openPlace, requestContext } from '@/server/api/session';
import { can } from '@/server/platform/permissions';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata() {
  return { title: (await getTranslations('operations'))('runs') };
}

export default async function OneRunPage({ params }: Props) {
  const actor = await openPlace('/operations');
  const { id } = await params;
  const { runId } = await foundOr404(appRouter.createCaller(await requestContext()).operations.run({ runId: id }));
  await prefetch(trpc.operations.run.queryOptions({ runId }));
  return (
    <Prefetched>
      <RunPage runId={runId} mayAct={can(actor.role, 'operations.act')} />
    </Prefetched>
  );
}
