import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { OuterPage } from '@/components/frame/outer-page';
import { SignInForm } from '@/components/identity/sign-in-form';
import { UiProvider } from '@/components/ui/ui-provider';
import { MessagesProvider } from '@/i18n/messages-provider';
import { hasSingleSignOn, nextPath } from '@/server/api/auth';
import { currentAccount, currentNewcomer } from '@/server/api/session';
import { HOMES } from '@/server/authorization/permissions';

export async function generateMetadata() {
  return { title: (await getTranslations('sign-in'))('title') };
}

type Props = { searchParams: Promise<{ callbackUrl?: string | string[]; error?: string }> };

export default async function SignInPage({ searchParams }: Props) {
  const account = await currentAccount();
  if (account) redirect(HOMES[account.role]);
  if (await currentNewcomer()) redirect('/password');
  const { callbackUrl, error } = await searchParams;
  const t = await getTranslations('sign-in');
  return (
    <MessagesProvider namespaces={['sign-in', 'errors', 'frame']}>
      <UiProvider>
        <OuterPage>
          <div className="card w-full max-w-[384px] p-8">
            <h1 className="font-semibold text-xl">{t('title')}</h1>
            <p className="mt-1 mb-6 text-ink-2 text-sm">{t('lead')}</p>
            <SignInForm next={nextPath(callbackUrl)} failure={error} singleSignOn={hasSingleSignOn()} />
          </div>
        </OuterPage>
      </UiProvider>
    </MessagesProvider>
  );
}
