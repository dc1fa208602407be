import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { OperationsScreen } from '@/components/operations/operations-screen';
import { runsAsked } from '@/components/operations/run-filters';
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
  const asked = runsAsked(await searchParams);
  if (asked) redirect(asked);
  await prefetch(trpc.operations.overview.queryOptions(), trpc.operations.pace.queryOptions());
  return (
    <PageMessages namespaces={['doctors', 'operations']}>
      <Prefetched>
        <OperationsScreen mayAct={can(actor.role, 'operations.act')} showsMessages={can(actor.role, 'message.read')} />
      </Prefetched>
    </PageMessages>
  );
}
