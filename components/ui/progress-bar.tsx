'use client';

import { clsx } from 'clsx';
import { useFormatter, useTranslations } from 'next-intl';
import { ProgressBar as AriaProgressBar } from 'react-aria-components/ProgressBar';
import type { Tone } from './tone';

export interface ProgressBarProps {
  label: string;
  hideLabel?: boolean;
  done: number;
  /** Null while nobody knows how much there is. */
  total: number | null;
  /** Things a second; shown as rows a second. */
  rate?: number;
  secondsLeft?: number;
  tone?: Tone;
  className?: string;
}

const fills: Record<Tone, string> = {
  good: 'bg-good',
  notice: 'bg-notice',
  wrong: 'bg-wrong',
  info: 'bg-accent',
  waiting: 'bg-line-control',
  sealed: 'bg-accent',
  neutral: 'bg-accent',
};

function useTimeLeft() {
  const t = useTranslations('ui.progress');
  return (seconds: number) => {
    if (seconds < 60) return t('seconds', { count: Math.max(1, Math.round(seconds)) });
    if (seconds < 3600) return t('minutes', { count: Math.round(seconds / 60) });
    return t('hours', { hours: Math.floor(seconds / 3600), minutes: Math.round((seconds % 3600) / 60) });
  };
}

/** Anything over a second shows a count; over ten seconds the time left as well. */
export function ProgressBar(props: ProgressBarProps) {
  const t = useTranslations('ui.progress');
  const format = useFormatter();
  const timeLeft = useTimeLeft();
  const { label, hideLabel, done, total, rate, secondsLeft, tone = 'neutral', className } = props;
  const figures = [
    total === null ? format.number(done) : t('of', { done: format.number(done), total: format.number(total) }),
    rate === undefined ? null : t('rate', { rate: format.number(Math.round(rate)) }),
    secondsLeft === undefined ? null : t('left', { time: timeLeft(secondsLeft) }),
  ].filter((part) => part !== null);
  return (
    <AriaProgressBar
      aria-label={label}
      value={done}
      maxValue={Math.max(total ?? 1, 1)}
      isIndeterminate={total === null}
      valueLabel={figures.join(', ')}
      className={clsx('flex flex-col gap-1.5', className)}
    >
      {({ percentage, isIndeterminate }) => (
        <>
          <span className="flex flex-wrap justify-between gap-x-4 text-sm">
            {!hideLabel && <span className="font-medium">{label}</span>}
            <span className="tabular text-ink-2">{figures.join(' · ')}</span>
          </span>
          <span className="block h-1.5 overflow-hidden rounded-full bg-pressed">
            <span
              className={clsx(
                'block h-full rounded-full transition-[width] duration-300',
                fills[tone],
                isIndeterminate && 'animate-breathe',
              )}
              style={{ width: isIndeterminate ? '100%' : `${percentage ?? 0}%` }}
            />
          </span>
        </>
      )}
    </AriaProgressBar>
  );
}
