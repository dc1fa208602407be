'use client';

import { clsx } from 'clsx';
import { CircleCheck, CircleX, type LucideIcon, Play, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DateTime } from '@/components/ui/date-time';
import { type Tone, toneText } from '@/components/ui/tone';
import type { RunDetail, RunStep } from '@/server/modules/core/operations/schema';
import { type Span, spanOf, timelineRange } from './timeline';
import { useDuration } from './use-duration';
import { useCauseSentence, useStepName } from './use-names';

const LOOKS: Record<RunStep['state'], { tone: Tone; icon: LucideIcon; bar: string }> = {
  running: { tone: 'info', icon: Play, bar: 'bg-info' },
  retrying: { tone: 'notice', icon: RotateCw, bar: 'bg-notice' },
  completed: { tone: 'good', icon: CircleCheck, bar: 'bg-accent' },
  failed: { tone: 'wrong', icon: CircleX, bar: 'bg-wrong' },
};

/** An upload has hundreds of steps: so many are shown at first. */
const SHOWN_AT_FIRST = 30;
/** A wait before the first step, as of a paused function, leaves the line of time empty: the reason is shown from here on. */
const SHOWN_FROM_MS = 1_000;

/** The steps of a run, each where it stands between start and end. `now` is when the record was read, in milliseconds. */
export function StepTimeline({ run, now }: { run: RunDetail; now: number }) {
  const t = useTranslations('operations');
  const duration = useDuration();
  const [all, setAll] = useState(false);
  const { steps } = run;
  if (steps.length === 0) {
    return <p className="text-ink-2">{t(run.state === 'paused' ? 'detail.noStepsPaused' : 'detail.noSteps')}</p>;
  }
  const range = timelineRange(run, steps, now);
  const waited = Math.min(...steps.map((step) => step.startedAt.getTime())) - run.startedAt.getTime();
  const shown = all ? steps : steps.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      {waited >= SHOWN_FROM_MS && (
        <p className="mb-3 text-xs text-ink-3">{t('detail.waited', { time: duration(waited) })}</p>
      )}
      <ol aria-label={t('detail.steps')}>
        {shown.map((step) => (
          <StepRow key={step.stepId} step={step} span={spanOf(step, range, now)} now={now} />
        ))}
      </ol>
      {shown.length < steps.length && (
        <Button size="small" className="mt-2" onPress={() => setAll(true)}>
          {t('step.all', { count: steps.length })}
        </Button>
      )}
    </>
  );
}

function StepRow({ step, span, now }: { step: RunStep; span: Span; now: number }) {
  const t = useTranslations('operations.step');
  const nameOf = useStepName();
  const duration = useDuration();
  const sentenceOf = useCauseSentence();
  const { name, state, attempts, startedAt, endedAt, errorCode } = step;
  const { tone, icon: Icon, bar } = LOOKS[state];
  const time = duration((endedAt?.getTime() ?? now) - startedAt.getTime());
  return (
    <li className="group relative flex gap-3 pb-4 last:pb-0">
      {/* The line that ties one step to the next. */}
      <span aria-hidden="true" className="absolute top-5 bottom-0 left-[7px] w-px bg-line group-last:hidden" />
      <Icon aria-hidden="true" className={clsx('mt-0.5 size-4 shrink-0', toneText[tone])} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="min-w-0 font-medium break-words">{nameOf(name)}</span>
          <span className={clsx('text-xs font-medium', toneText[tone])}>{t(`states.${state}`)}</span>
        </div>
        <div aria-hidden="true" className="my-1.5 h-1.5 rounded-full bg-sunken">
          <div
            className={clsx('h-full rounded-full', bar)}
            style={{ marginLeft: `${span.left}%`, width: `${span.width}%` }}
          />
        </div>
        <p className="tabular flex flex-wrap gap-x-3 text-xs text-ink-3">
          <DateTime value={startedAt} timeOnly precision="second" />
          <span>{endedAt ? t('took', { time }) : t('sofar', { time })}</span>
          {attempts > 1 && <span className="text-notice">{t('attempts', { count: attempts })}</span>}
        </p>
        {errorCode && <p className={clsx('mt-0.5 break-words', toneText[tone])}>{sentenceOf(errorCode)}</p>}
      </div>
    </li>
  );
}
