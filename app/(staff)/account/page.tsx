import { getTranslations } from 'next-intl/server';
import { AccountScreen } from '@/components/identity/account-screen';
import { accountLimits } from '@/server/api/account-limits';
import { Prefetched, prefetch, trpc } from '@/server/api/prefetch';
import { currentAccount, currentProof, requireStaff } from '@/server/api/session';

export async function generateMetadata() {
  return { title: (await getTranslations('account'))('title') };
}

export default async function AccountPage() {
  await requireStaff('session.own');
  const [account, proof] = await Promise.all([currentAccount(), currentProof()]);
  await prefetch(trpc.identity.sessions.queryOptions());
  return (
    <Prefetched>
      <AccountScreen email={account?.email ?? ''} limits={accountLimits()} hasPassword={proof === 'password'} />
    </Prefetched>
  );
}
