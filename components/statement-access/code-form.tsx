'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { timeText } from '@/components/ui/day-text';
import { OtpField } from '@/components/ui/otp-field';
import type { GateView } from '@/server/modules/referral/statement-access/schema';
import { OnceForm } from './once-form';
import { SubmitButton } from './plain-button';

export interface CodeFormProps {
  path: string;
  challenge: NonNullable<GateView['challenge']>;
  channels: GateView['channels'];
  timeZone: string;
  wrong: boolean;
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

/** Six digits, the time left, and the ways out when the code does not come. Plain forms: each works without a script. */
export function CodeForm({ path, challenge, channels, timeZone, wrong }: CodeFormProps) {
  const t = useTranslations('statement-access');
  const left = useSecondsUntil(challenge.expiresAt);
  const [code, setCode] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const masked = channels.find((way) => way.channel === challenge.channel)?.masked ?? t('registered');
  const spent = challenge.triesLeft === 0 || left === 0;
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
          label={t(`sentTo.${challenge.channel}`, { masked })}
          disabled={spent}
          error={wrong && !spent ? t('problem.wrong_code') : undefined}
          autoFocus
        />
        <p aria-live="polite" className="tabular text-sm text-ink-2">
          {spent
            ? t(challenge.triesLeft === 0 ? 'noTries' : 'expired')
            : left === null
              ? t('validUntil', { time: timeText(challenge.expiresAt, timeZone) })
              : t('left', { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}` })}
        </p>
        <SubmitButton className="w-full" disabled={spent}>
          {t('open')}
        </SubmitButton>
      </OnceForm>
      <AnotherCode path={path} challenge={challenge} channels={channels} spent={spent} />
    </div>
  );
}

type AnotherCodeProps = Pick<CodeFormProps, 'path' | 'challenge' | 'channels'> & { spent: boolean };

/** The way out when the code does not come: again, or by the other channel. */
function AnotherCode({ path, challenge, channels, spent }: AnotherCodeProps) {
  const t = useTranslations('statement-access');
  const wait = useSecondsUntil(challenge.resendAt);
  const ways = channels.length > 0 ? channels : [{ channel: challenge.channel, masked: t('registered') }];
  const waits = wait !== null && wait > 0;
  return (
    <section aria-labelledby="not-come" className="flex flex-col gap-2 border-t pt-4">
      <h2 id="not-come" className="text-sm font-semibold">
        {t('notCome')}
      </h2>
      <p aria-live="off" className="tabular min-h-6 text-sm text-ink-2">
        {waits ? t('resendIn', { seconds: wait }) : t('resendNow')}
      </p>
      {ways.map(({ channel, masked }) => (
        <OnceForm key={channel} action={`${path}/code`}>
          <input type="hidden" name="channel" value={channel} />
          <SubmitButton
            look={spent && channel === challenge.channel ? 'primary' : 'secondary'}
            className="w-full"
            disabled={waits}
          >
            {t(channel === challenge.channel ? `again.${channel}` : `send.${channel}`, { masked })}
          </SubmitButton>
        </OnceForm>
      ))}
    </section>
  );
}
