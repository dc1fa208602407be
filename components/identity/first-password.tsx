'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { leave } from './leave';
import { PasswordForm } from './password-form';

/** All that is open to who signed in with a one-time password. */
export function FirstPassword({ email, least }: { email: string; least: number }) {
  const t = useTranslations('account.first');
  return (
    <div className="card w-full max-w-[480px] p-8">
      <h1 className="font-semibold text-xl">{t('title')}</h1>
      <p className="mt-1 mb-6 text-ink-2 text-sm">{t('lead')}</p>
      <PasswordForm email={email} least={least} first next="/" />
      <div className="mt-4 border-t pt-4">
        <Button variant="quiet" onPress={() => void leave()}>
          {t('signOut')}
        </Button>
      </div>
    </div>
  );
}
