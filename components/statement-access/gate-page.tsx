import { useLocale, useTranslations } from 'next-intl';
import { AlertIcon, LockIcon } from '@/components/ui/plain-icon';
import { type Tone, toneBox, toneText } from '@/components/ui/tone-style';
import type { GateView } from '@/server/modules/referral/statement-access/schema';
import { CodeForm } from './code-form';
import { ConfirmVisit } from './confirm-visit';
import { monthName } from './month-name';
import { OnceForm } from './once-form';
import { SubmitButton } from './plain-button';
import { type GateProblem, waitParts } from './problem';

export interface GatePageProps {
  view: GateView;
  /** Address of this page; the forms lie under it. */
  path: string;
  problem: GateProblem;
  timeZone: string;
}

/** What a doctor sees before the gate: who asks and why, where the code goes, and nothing of the statement itself. */
export function GatePage({ view, path, problem, timeZone }: GatePageProps) {
  const t = useTranslations('statement-access');
  const locale = useLocale();
  const { letterhead, challenge } = view;
  const name = locale === 'vi' ? letterhead.nameVi : letterhead.nameEn;
  return (
    <>
      <main className="flex flex-1 flex-col gap-6 py-8">
        <div className="flex flex-col gap-2">
          <LockIcon className="size-8 text-accent-ink" />
          <h1 className="text-xl font-semibold">{t('heading', { month: monthName(view.month, locale) })}</h1>
          <p className="text-ink-2">{t(challenge ? 'sentence' : 'why', { name })}</p>
        </div>
        {problem && !(challenge && problem.kind === 'wrong_code') && <Problem problem={problem} />}
        {challenge ? (
          <CodeForm
            path={path}
            challenge={challenge}
            channels={view.channels}
            timeZone={timeZone}
            wrong={problem?.kind === 'wrong_code'}
            autoFocus={problem === null || problem.kind === 'wrong_code'}
          />
        ) : (
          <AskForm path={path} channels={view.channels} />
        )}
        <p className="text-sm text-ink-2">
          {t('neverAsk')} {t('changed', { name })}
        </p>
      </main>
      <ConfirmVisit path={`${path}/seen`} />
    </>
  );
}

function Problem({ problem }: { problem: NonNullable<GateProblem> }) {
  const t = useTranslations('statement-access');
  if (problem.kind !== 'too_many_tries') return <Note tone="wrong">{t(`problem.${problem.kind}`)}</Note>;
  const { unit, count } = waitParts(problem.seconds);
  return <Note tone="notice">{t('problem.too_many_tries', { wait: t(`wait.${unit}`, { count }) })}</Note>;
}

function Note({ tone, children }: { tone: Tone; children: string }) {
  const t = useTranslations('ui.tone');
  return (
    // The page was asked for by a form: what it could not do is read first, also without a script.
    <div
      {...{ tabIndex: -1, autoFocus: true }}
      className={`flex items-start gap-3 rounded-lg border px-4 py-3 ${toneBox[tone]}`}
    >
      <AlertIcon className={`mt-0.5 size-4 ${toneText[tone]}`} />
      <p className="min-w-0 flex-1 text-ink-2">
        <span className="sr-only">{t(tone)}: </span>
        <span>{children}</span>
      </p>
    </div>
  );
}

/** One button a channel; a doctor whose channels are unknown sees the same. */
function AskForm({ path, channels }: { path: string; channels: GateView['channels'] }) {
  const t = useTranslations('statement-access');
  const ways = channels.length > 0 ? channels : [{ channel: 'sms' as const, masked: t('registered') }];
  return (
    <div className="flex flex-col gap-3">
      {ways.map(({ channel, masked }, index) => (
        <OnceForm key={channel} action={`${path}/code`}>
          <input type="hidden" name="channel" value={channel} />
          <SubmitButton look={index === 0 ? 'primary' : 'secondary'} className="w-full">
            {t(`send.${channel}`, { masked })}
          </SubmitButton>
        </OnceForm>
      ))}
    </div>
  );
}
