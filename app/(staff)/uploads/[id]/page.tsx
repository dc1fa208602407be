import { UploadPage } from '@/components/uploads/upload-page';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { loadDetail } from '@/server/pages/load-detail';
import { Prefetched, trpc } from '@/server/pages/prefetch';

type Props = { params: Promise<{ id: string }> };

const uploadOf = async (params: Props['params']) => {
  const { id } = await params;
  return loadDetail(trpc.uploads.byId.queryOptions({ id }));
};

export async function generateMetadata({ params }: Props) {
  await openPlace('/uploads');
  return { title: (await uploadOf(params)).fileName };
}

export default async function OneUploadPage({ params }: Props) {
  const actor = await openPlace('/uploads');
  const { id } = await uploadOf(params);
  return (
    <PageMessages namespaces={['uploads']}>
      <Prefetched>
        <UploadPage id={id} mayWrite={can(actor.role, 'upload.write')} />
      </Prefetched>
    </PageMessages>
  );
}
