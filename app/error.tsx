'use client';

import { useTranslations } from 'next-intl';
import { ErrorState } from '@/components/ui/error-state';

interface ErrorPageProps {
  error: unknown;
  retry: () => void;
}

/** Errors of the server are masked; their digest is the code that leads to the log. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations('ui.error');
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <h1 className="sr-only">{t('title')}</h1>
      <ErrorState correlationId={digest} onRetry={retry} />
    </main>
  );
}
