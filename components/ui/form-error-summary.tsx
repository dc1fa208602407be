'use client';

import { clsx } from 'clsx';
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef } from 'react';

export interface FormProblem {
  /** The field's `id`, or its `name`. */
  field: string;
  message: string;
}

export interface FormErrorSummaryProps {
  problems: readonly FormProblem[];
  /** Changes with each attempt to send, so that focus comes here again. */
  attempt?: number;
  /** Why the last attempt was refused, as a whole sentence; among `problems` where it is about one field. */
  refusal?: string | null;
  className?: string;
}

/** A form's own field before another one's of the same name: a dialog stands over a page that has fields too. */
function fieldOf(field: string, form: Element | null | undefined): HTMLElement | null {
  const name = CSS.escape(field);
  // What bears the name of a choice is hidden; its button says which it is for.
  const own = [`[data-field="${name}"]`, `[name="${name}"]`].map((one) => form?.querySelector<HTMLElement>(one));
  return document.getElementById(field) ?? own[0] ?? own[1] ?? document.getElementsByName(field)[0] ?? null;
}

/**
 * All that is wrong with a form, above it; each line leads to its field. After a failed attempt the first wrong field has the focus,
 * and after a refusal that is about none of them the refusal itself.
 */
export function FormErrorSummary({ problems, attempt, refusal = null, className }: FormErrorSummaryProps) {
  const t = useTranslations('ui.form');
  const box = useRef<HTMLDivElement>(null);
  const count = problems.length;
  const focusField = (field: string) => {
    const target = fieldOf(field, box.current?.closest('form'));
    target?.focus();
    target?.scrollIntoView({ block: 'center' });
  };
  const refused = problems.find(({ message }) => message === refusal);
  const goToFirst = useEffectEvent(() => {
    const first = problems.find((problem) => problem !== refused);
    if (first) focusField(first.field);
  });
  const goToRefused = useEffectEvent(() => {
    if (refused) focusField(refused.field);
    else box.current?.focus();
  });
  useEffect(() => {
    if (attempt) goToFirst();
  }, [attempt]);
  useEffect(() => {
    if (refusal) goToRefused();
  }, [refusal]);
  if (count === 0 && !refusal) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={clsx('outline-none', className)}>
      <div className="flex gap-3 rounded-lg border border-wrong-line bg-wrong-soft px-4 py-3">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-wrong" />
        <div className="min-w-0">
          <p className="font-semibold">{count > 0 ? t('summary', { count }) : t('refused')}</p>
          {count > 0 && (
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
          )}
          {refusal && !refused && <p className="mt-1 break-words text-ink-2">{refusal}</p>}
        </div>
      </div>
    </div>
  );
}
