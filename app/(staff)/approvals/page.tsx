import { getTranslations } from 'next-intl/server';
import { ApprovalsScreen } from '@/components/approvals/approvals-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { requireStaff } from '@/server/api/session';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('giving-back'))('approvals.title') };
}

export default async function ApprovalsPage() {
  await requireStaff('approval.decide');
  await prefetch(trpc.approvals.waiting.queryOptions());
  return (
    <PageMessages namespaces={['giving-back', 'till']}>
      <Prefetched>
        <ApprovalsScreen />
      </Prefetched>
    </PageMessages>
  );
}
