import { getTranslations } from 'next-intl/server';
import { AccountScreen } from '@/components/identity/account-screen';
import { PageMessages } from '@/i18n/messages-provider';
import { currentAccount, currentProof, requireStaff } from '@/server/api/session';
import { accountLimits } from '@/server/pages/account-limits';
import { Prefetched, prefetch, trpc } from '@/server/pages/prefetch';

export async function generateMetadata() {
  return { title: (await getTranslations('account'))('title') };
}

export default async function AccountPage() {
  await requireStaff('session.own');
  const [account, proof] = await Promise.all([currentAccount(), currentProof()]);
  await prefetch(trpc.identity.sessions.queryOptions());
  return (
    <PageMessages namespaces={['account']}>
      <Prefetched>
        <AccountScreen email={account?.email ?? ''} limits={accountLimits()} hasPassword={proof === 'password'} />
      </Prefetched>
    </PageMessages>
  );
}
