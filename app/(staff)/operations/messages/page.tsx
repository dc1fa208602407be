import { forbidden } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { messagePage } from '@/components/notifications/message-filters';
import { MessageList } from '@/components/notifications/message-list';
import { OperationsTabs } from '@/components/operations/operations-tabs';
import { PageMessages } from '@/i18n/messages-provider';
import { openPlace } from '@/server/api/session';
import { can } from '@/server/authorization/permissions';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('operations'))('messages') };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function MessagesPage({ searchParams }: Props) {
  const actor = await openPlace('/operations');
  if (!can(actor.role, 'message.read')) forbidden();
  await prefetch(
    trpc.messages.list.infiniteQueryOptions(messagePage(await searchParams), {
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  return (
    <PageMessages namespaces={['notifications', 'operations']}>
      <Prefetched>
        <MessageList tabs={<OperationsTabs current="messages" showsMessages />} />
      </Prefetched>
    </PageMessages>
  );
}
