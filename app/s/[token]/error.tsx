'use client';

import { STANDING_BUTTON, useStandingPage } from '@/components/frame/standing-page';

/** What a doctor sees when something of ours fails. A plain form loads the same address again, with or without a script. */
export default function GateError({ error }: { error: Error & { digest?: string } }) {
  const words = useStandingPage();
  return (
    <main className="flex flex-1 flex-col items-center justify-center gap-3 py-16 text-center">
      <h1 className="text-xl font-semibold">{words.title}</h1>
      <p className="max-w-88 text-ink-2">{words.sentence}</p>
      {error.digest && (
        <p className="tabular text-sm text-ink-2">
          {words.code}: {error.digest}
        </p>
      )}
      <form>
        <button type="submit" className={STANDING_BUTTON}>
          {words.retry}
        </button>
      </form>
    </main>
  );
}
