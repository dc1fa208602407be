'use client';

import { useEffect, useRef, useState } from 'react';
import { OtpField } from '@/components/ui/otp-field';
import type { GateView } from '@/server/modules/referral/statement-access/schema';
import { OnceForm } from './once-form';
import { SubmitButton } from './plain-button';
import { atSeconds } from './seconds-left';

type Way = { channel: GateView['channels'][number]['channel']; isCurrent: boolean; text: string };

export interface CodeEntryProps {
  path: string;
  expiresAt: Date;
  resendAt: Date;
  noTries: boolean;
  wrong: boolean;
  /** Work begins here; not where something else has to be read first. */
  autoFocus: boolean;
  /** By which a code can be asked for, and what the button of each says. */
  ways: readonly Way[];
  /** In the reader's language; `left` and `resendIn` hold a clock. */
  words: Record<
    | 'label'
    | 'whole'
    | 'wrong'
    | 'noTries'
    | 'expired'
    | 'validUntil'
    | 'left'
    | 'open'
    | 'notCome'
    | 'resendIn'
    | 'resendNow',
    string
  >;
}

/** Seconds until a moment; null until the script runs, so that the page says the same with and without one. */
function useSecondsUntil(moment: Date): number | null {
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    const tick = () => setSeconds(Math.max(0, Math.ceil((moment.getTime() - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [moment]);
  return seconds;
}

/** The form of a code and of another one. Plain forms: each works without a script. */
export function CodeEntry({ path, expiresAt, resendAt, noTries, wrong, autoFocus, ways, words }: CodeEntryProps) {
  const left = useSecondsUntil(expiresAt);
  const [code, setCode] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const spent = noTries || left === 0;
  const still = left === null ? words.validUntil : atSeconds(words.left, left);
  return (
    <div className="flex flex-col gap-6">
      <OnceForm ref={form} action={`${path}/verify`} className="code-entry flex flex-col gap-4">
        <noscript>
          <style>{'.code-entry input{color:inherit!important;letter-spacing:.5em;padding-inline:1rem}'}</style>
        </noscript>
        <OtpField
          value={code}
          onChange={setCode}
          onComplete={() => form.current?.requestSubmit()}
          label={words.label}
          disabled={spent}
          error={wrong && !spent ? words.wrong : undefined}
          whole={words.whole}
          autoFocus={autoFocus}
        />
        <p aria-live="polite" className="tabular text-sm text-ink-2">
          {spent ? (noTries ? words.noTries : words.expired) : still}
        </p>
        <SubmitButton className="w-full" disabled={spent}>
          {words.open}
        </SubmitButton>
      </OnceForm>
      <AnotherCode path={path} resendAt={resendAt} ways={ways} words={words} spent={spent} />
    </div>
  );
}

type AnotherCodeProps = Pick<CodeEntryProps, 'path' | 'resendAt' | 'ways' | 'words'> & { spent: boolean };

/** The way out when the code does not come: again, or by the other channel. */
function AnotherCode({ path, resendAt, ways, words, spent }: AnotherCodeProps) {
  const wait = useSecondsUntil(resendAt);
  const waits = wait !== null && wait > 0;
  return (
    <section aria-labelledby="not-come" className="flex flex-col gap-2 border-t pt-4">
      <h2 id="not-come" className="text-sm font-semibold">
        {words.notCome}
      </h2>
      <p aria-live="off" className="tabular min-h-6 text-sm text-ink-2">
        {waits ? atSeconds(words.resendIn, wait) : words.resendNow}
      </p>
      {ways.map(({ channel, isCurrent, text }) => (
        <OnceForm key={channel} action={`${path}/code`}>
          <input type="hidden" name="channel" value={channel} />
          <SubmitButton look={spent && isCurrent ? 'primary' : 'secondary'} className="w-full" disabled={waits}>
            {text}
          </SubmitButton>
        </OnceForm>
      ))}
    </section>
  );
}
