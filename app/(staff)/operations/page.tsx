import { getTranslations } from 'next-intl/server';
import { OperationsScreen } from '@/components/operations/operations-screen';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/platform/permissions';

export async function generateMetadata() {
  return { title: (await getTranslations('operations'))('title') };
}

export default async function OperationsPage() {
  const actor = await openPlace('/operations');
  await prefetch(trpc.operations.overview.queryOptions());
  return (
    <Prefetched>
      <OperationsScreen showsMessages={can(actor.role, 'message.read')} />
    </Prefetched>
  );
}
