import { getTranslations } from 'next-intl/server';
import { auditPage } from '@/components/audit/audit-filters';
import { AuditScreen } from '@/components/audit/audit-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('audit'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: Props) {
  await openPlace('/audit');
  await prefetch(
    trpc.audit.chain.queryOptions(),
    trpc.audit.list.infiniteQueryOptions(auditPage(await searchParams), {
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  return (
    <PageMessages namespaces={['audit']}>
      <Prefetched>
        <AuditScreen />
      </Prefetched>
    </PageMessages>
  );
}
