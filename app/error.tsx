'use client';

import { useTranslations } from 'next-intl';
import { useComeBack } from '@/components/frame/use-come-back';
import { buttonClass } from '@/components/ui/button-style';

interface ErrorPageProps {
  error: unknown;
  retry: () => void;
}

/**
 * Errors of the server are masked; their digest is the code that leads to the log. Plain elements: this page is part of
 * every other one's weight.
 */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  useComeBack();
  const t = useTranslations('ui.error');
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <div role="alert" className="flex flex-col items-center px-6 py-12 text-center">
        <h1 className="text-base font-semibold">{t('title')}</h1>
        <p className="mt-1 max-w-md text-sm text-ink-2">{t('sentence')}</p>
        {digest && (
          <p className="mt-4 text-xs text-ink-3">
            {t('code')} <code className="rounded-md border bg-sunken px-2 py-1 text-ink select-all">{digest}</code>
          </p>
        )}
        <button type="button" className={`mt-5 ${buttonClass()}`} onClick={retry}>
          {t('retry')}
        </button>
      </div>
    </main>
  );
}
