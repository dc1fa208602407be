import { getTranslations } from 'next-intl/server';
import { uploadPage } from '@/components/uploads/upload-filters';
import { UploadsScreen } from '@/components/uploads/uploads-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('uploads'))('title') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function UploadsPage({ searchParams }: Props) {
  const actor = await openPlace('/uploads');
  await prefetch(
    trpc.uploads.list.infiniteQueryOptions(uploadPage(await searchParams), {
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  return (
    <PageMessages namespaces={['uploads']}>
      <Prefetched>
        <UploadsScreen mayWrite={can(actor.role, 'upload.write')} />
      </Prefetched>
    </PageMessages>
  );
}
