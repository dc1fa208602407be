'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';

export const STEPS = ['file', 'columns', 'check', 'commit', 'report'] as const;
export type Step = (typeof STEPS)[number];

type StepListProps = { id: string; current: Step; reached: Step };

/** The five steps of an upload; those reached can be gone back to. */
export function StepList({ id, current, reached }: StepListProps) {
  const t = useTranslations('uploads');
  const last = STEPS.indexOf(reached);
  return (
    <nav aria-label={t('stepsLabel')}>
      <ol className="flex flex-wrap gap-x-1 gap-y-1">
        {STEPS.map((step, index) => {
          const done = index < last || reached === 'report';
          const body = (
            <span
              className={clsx(
                'flex items-center gap-1.5 rounded-md px-2 py-1.5 whitespace-nowrap',
                step === current && 'bg-accent-soft font-semibold text-accent-ink',
                step !== current && index <= last && 'text-ink-2 hover:bg-hover',
                index > last && 'text-ink-3',
              )}
            >
              <span
                aria-hidden="true"
                className={clsx(
                  'tabular grid size-5 shrink-0 place-items-center rounded-full border text-xs',
                  done ? 'border-good-line bg-good-soft text-good' : 'border-line-control bg-surface',
                )}
              >
                {done ? <Check className="size-3" /> : index + 1}
              </span>
              {/* On a phone the five stand in one line: the others say their names to who hears them. */}
              <span className={clsx(step !== current && 'max-sm:sr-only')}>{t(`steps.${step}`)}</span>
            </span>
          );
          return (
            <li key={step} className="flex items-center">
              {index > 0 && <span aria-hidden="true" className="mr-1 h-px w-3 bg-line max-sm:hidden" />}
              {index <= last ? (
                <Link
                  href={`/uploads/${id}?step=${step}`}
                  aria-current={step === current ? 'step' : undefined}
                  scroll={false}
                  replace
                >
                  {body}
                </Link>
              ) : (
                body
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
