'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent } from 'react';

export interface FormProblem {
  /** The field's `id`, or its `name`. */
  field: string;
  message: string;
}

export interface FormErrorSummaryProps {
  problems: readonly FormProblem[];
  /** Changes with each attempt to send, so that focus comes here again. */
  attempt?: number;
  className?: string;
}

function focusField(field: string) {
  const target = document.getElementById(field) ?? document.getElementsByName(field)[0];
  target?.focus();
  target?.scrollIntoView({ block: 'center' });
}

/** All that is wrong with a form, above it; each line leads to its field. After a failed attempt the first of them has the focus. */
export function FormErrorSummary({ problems, attempt, className }: FormErrorSummaryProps) {
  const t = useTranslations('ui.form');
  const count = problems.length;
  const goToFirst = useEffectEvent(() => {
    if (problems[0]) focusField(problems[0].field);
  });
  useEffect(() => {
    if (attempt) goToFirst();
  }, [attempt]);
  if (count === 0) return null;
  return (
    <div role="alert" className={className}>
      <div className="flex gap-3 rounded-lg border border-wrong-line bg-wrong-soft px-4 py-3">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-wrong" />
        <div>
          <p className="font-semibold">{t('summary', { count })}</p>
          <ul className="mt-1 flex flex-col gap-1">
            {problems.map((problem) => (
              <li key={`${problem.field} ${problem.message}`}>
                <button
                  type="button"
                  onClick={() => focusField(problem.field)}
                  className="text-left text-wrong underline underline-offset-2"
                >
                  {problem.message}
                </button>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}
