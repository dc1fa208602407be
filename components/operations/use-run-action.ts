'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '@/components/api/trpc';
import { type LongAct, useLongAct } from '@/components/kit/long-act/use-long-act';

const LEAST_REASON = 3;

/** What is wrong with the reason for an act on runs; null where nothing is. */
export function useReasonProblem() {
  const t = useTranslations('operations');
  return (reason: string): string | null => (reason.length < LEAST_REASON ? t('reasonShort') : null);
}

/** Does an act on runs for a dialog: a refusal comes back as the sentence that the dialog shows, and every figure is requested again. */
export function useRunAction() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const begin = useLongAct();
  return <Result>(act: Omit<LongAct<Result>, 'key' | 'onEnd'>): Promise<void> =>
    begin({ ...act, key: 'runs', onEnd: () => queries.invalidateQueries({ queryKey: trpc.operations.pathKey() }) });
}
