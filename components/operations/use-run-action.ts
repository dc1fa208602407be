'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useErrorSentence } from '@/components/api/error-sentence';
import { useTRPC } from '@/components/api/trpc';

const LEAST_REASON = 3;

/** Does an act for a dialog: a refusal comes back as the sentence that the dialog shows, and every figure is requested again. */
export function useRunAction() {
  const t = useTranslations('operations');
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  return async <T>(reason: string | null, act: () => Promise<T>): Promise<T> => {
    if (reason !== null && reason.length < LEAST_REASON) throw new Error(t('reasonShort'));
    try {
      return await act();
    } catch (error) {
      throw new Error(sentenceOf(error).sentence);
    } finally {
      void queries.invalidateQueries({ queryKey: trpc.operations.pathKey() });
    }
  };
}
