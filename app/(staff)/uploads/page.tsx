import { getTranslations } from 'next-intl/server';
import { UploadsScreen } from '@/components/uploads/uploads-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { UPLOAD_STATES } from '@/server/modules/intake/uploads/schema';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('uploads'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function UploadsPage({ searchParams }: Props) {
  const actor = await openPlace('/uploads');
  const { q, state } = await searchParams;
  const search = typeof q === 'string' ? q.slice(0, 100) : '';
  const chosen = UPLOAD_STATES.find((one) => one === state);
  await prefetch(
    trpc.uploads.list.infiniteQueryOptions(
      { search, ...(chosen ? { state: chosen } : {}), limit: 50 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  return (
    <PageMessages namespaces={['uploads']}>
      <Prefetched>
        <UploadsScreen mayWrite={can(actor.role, 'upload.write')} />
      </Prefetched>
    </PageMessages>
  );
}
