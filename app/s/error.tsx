'use client';

import { useTranslations } from 'next-intl';
import { useComeBack } from '@/components/frame/use-come-back';
import { SubmitButton } from '@/components/statement-access/plain-button';

/** What a doctor sees when something of ours fails. A plain form loads the same address again, with or without a script. */
export default function GateError({ error }: { error: Error & { digest?: string } }) {
  useComeBack();
  const t = useTranslations('ui.error');
  return (
    <main className="flex flex-1 flex-col items-center justify-center gap-3 py-16 text-center">
      <h1 className="text-lg font-semibold">{t('title')}</h1>
      <p className="max-w-88 text-ink-2">{t('sentence')}</p>
      {error.digest && (
        <p className="tabular text-sm text-ink-2">
          {t('code')}: {error.digest}
        </p>
      )}
      <form>
        <SubmitButton>{t('retry')}</SubmitButton>
      </form>
    </main>
  );
}
