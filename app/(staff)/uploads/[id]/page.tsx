import { UploadPage } from '@/components/uploads/upload-page';
import { foundOr404 } from '@/server/api/found';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { appRouter } from '@/server/api/root';
import { openPlace, requestContext } from '@/server/api/session';
import { can } from '@/server/platform/permissions';

type Props = { params: Promise<{ id: string }> };

const uploadOf = async (params: Props['params']) => {
  const { id } = await params;
  return foundOr404(appRouter.createCaller(await requestContext()).uploads.byId({ id }));
};

export async function generateMetadata({ params }: Props) {
  await openPlace('/uploads');
  return { title: (await uploadOf(params)).fileName };
}

export default async function OneUploadPage({ params }: Props) {
  const actor = await openPlace('/uploads');
  const { id } = await uploadOf(params);
  await prefetch(trpc.uploads.byId.queryOptions({ id }));
  return (
    <Prefetched>
      <UploadPage id={id} mayWrite={can(actor.role, 'upload.write')} />
    </Prefetched>
  );
}
