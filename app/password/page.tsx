import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ApiProvider } from '@/components/api/trpc';
import { OuterPage } from '@/components/frame/outer-page';
import { FirstPassword } from '@/components/identity/first-password';
import { UiProvider } from '@/components/ui/ui-provider';
import { MessagesProvider } from '@/i18n/messages-provider';
import { currentNewcomer } from '@/server/api/session';
import { accountLimits } from '@/server/pages/account-limits';

export async function generateMetadata() {
  return { title: (await getTranslations('account'))('first.title') };
}

/** Where a one-time password is exchanged for an own one; who has one already has nothing to do here. */
export default async function FirstPasswordPage() {
  const newcomer = await currentNewcomer();
  if (!newcomer) redirect('/');
  return (
    <MessagesProvider namespaces={['account', 'errors', 'frame']}>
      <UiProvider>
        <ApiProvider key={newcomer.id} person={newcomer.id}>
          <OuterPage>
            <FirstPassword email={newcomer.email} least={accountLimits().passwordLength} />
          </OuterPage>
        </ApiProvider>
      </UiProvider>
    </MessagesProvider>
  );
}
