'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';

const LEAST_REASON = 3;

/** What is wrong with the reason for an act on runs; null where nothing is. */
export function useReasonProblem() {
  const t = useTranslations('operations');
  return (reason: string): string | null => (reason.length < LEAST_REASON ? t('reasonShort') : null);
}

/** Does an act for a dialog: a refusal comes back as the sentence that the dialog shows, and every figure is requested again. */
export function useRunAction() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  return async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      throw new Error(sentenceOf(error).sentence);
    } finally {
      void queries.invalidateQueries({ queryKey: trpc.operations.pathKey() });
    }
  };
}
