'use client';

import { useState } from 'react';
import type { FormErrorSummaryProps, FormProblem } from './form-error-summary';

type Refusal<Field extends string> = {
  /** What, where, and what to do: a whole sentence. */
  sentence: string;
  /** The field that it is about, where it is about one. */
  at?: NoInfer<Field> | undefined;
};

export type FormCheck<Field extends string> = {
  /** Notes that somebody wants to go on; whether nothing stands in the way. */
  isRight: () => boolean;
  /** Forgets that somebody wanted to: the form begins again. */
  again: () => void;
  /** The sentence at a field, once somebody wanted to go on. */
  errorAt: (field: Field) => string | undefined;
  /** For the `FormErrorSummary` at the head of the form. */
  summary: Required<Pick<FormErrorSummaryProps, 'problems' | 'attempt' | 'refusal'>>;
};

/**
 * The one way in which a form speaks of what is wrong: nothing before somebody wants to go on, then at each field and in the summary, with
 * the focus at the first. `wrong`: the sentence of each field that is not right, in the order of the form.
 */
export function useFormCheck<Field extends string>(
  wrong: Partial<Record<Field, string | null | undefined>>,
  refusal: Refusal<Field> | null = null,
): FormCheck<Field> {
  const [attempt, setAttempt] = useState(0);
  const fields = (Object.keys(wrong) as Field[]).flatMap((field): FormProblem[] => {
    const message = wrong[field];
    return message ? [{ field, message }] : [];
  });
  const shown = attempt > 0 ? fields : [];
  const isKnown = refusal?.at === undefined || shown.some(({ field }) => field === refusal.at);
  const problems =
    refusal?.at !== undefined && !isKnown ? [...shown, { field: refusal.at, message: refusal.sentence }] : shown;
  return {
    isRight: () => {
      setAttempt((times) => times + 1);
      return fields.length === 0;
    },
    again: () => setAttempt(0),
    errorAt: (field) => problems.find((problem) => problem.field === field)?.message,
    summary: { problems, attempt, refusal: refusal?.sentence ?? null },
  };
}
