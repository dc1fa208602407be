'use client';

import { useTranslations } from 'next-intl';
import { PageHeader } from '@/components/frame/page-header';
import { PasswordForm } from './password-form';
import { SessionList } from './session-list';

type Props = {
  email: string;
  limits: { hours: number; idleMinutes: number; passwordLength: number };
  /** Whether this person proves with a password who they are. */
  hasPassword: boolean;
};

/** One's own account: where one is signed in, and the password. */
export function AccountScreen({ email, limits, hasPassword }: Props) {
  const t = useTranslations('account');
  const { hours, idleMinutes, passwordLength } = limits;
  return (
    <div className="flex max-w-4xl flex-col gap-8">
      <div className="-mb-4">
        <PageHeader title={t('title')} description={t('description')} />
      </div>
      <section aria-labelledby="sessions" className="flex flex-col gap-3">
        <h2 id="sessions" className="font-semibold">
          {t('sessions.title')}
        </h2>
        <p className="max-w-2xl text-ink-2">{t('sessions.text', { hours, minutes: idleMinutes })}</p>
        <SessionList />
      </section>
      {hasPassword && (
        <section aria-labelledby="password" className="flex flex-col gap-3">
          <h2 id="password" className="font-semibold">
            {t('password.title')}
          </h2>
          <p className="max-w-2xl text-ink-2">{t('password.text')}</p>
          <PasswordForm email={email} least={passwordLength} next="/account" />
        </section>
      )}
    </div>
  );
}
