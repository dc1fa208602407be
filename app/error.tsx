'use client';

import { STANDING_BUTTON, useStandingPage } from '@/components/frame/standing-page';

interface ErrorPageProps {
  error: unknown;
  retry: () => void;
}

/**
 * Errors of the server are masked; their digest is the code that leads to the log. Plain elements: this page is part of
 * every other one's weight.
 */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const words = useStandingPage();
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <main className="grid min-h-[60dvh] place-items-center">
      <div role="alert" className="flex flex-col items-center px-6 py-12 text-center">
        <h1 className="text-base font-semibold">{words.title}</h1>
        <p className="mt-1 max-w-md text-sm text-ink-2">{words.sentence}</p>
        {digest && (
          <p className="mt-4 text-xs text-ink-3">
            {words.code} <code className="rounded-md border bg-sunken px-2 py-1 text-ink select-all">{digest}</code>
          </p>
        )}
        <button type="button" className={`mt-5 ${STANDING_BUTTON}`} onClick={retry}>
          {words.retry}
        </button>
      </div>
    </main>
  );
}
