'use client';

import { useComeBack } from '@/components/frame/use-come-back';
import { STANDING_BUTTON } from '@/components/ui/standing-button';
import { useStandingWords } from '@/components/ui/standing-words';

/** What a doctor sees when something of ours fails. A plain form loads the same address again, with or without a script. */
export default function GateError({ error }: { error: Error & { digest?: string } }) {
  useComeBack();
  const words = useStandingWords();
  return (
    <main className="flex flex-1 flex-col items-center justify-center gap-3 py-16 text-center">
      <h1 className="text-lg font-semibold">{words.title}</h1>
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
