'use client';

import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

export type ErrorSentence = { sentence: string; correlationId: string | null };

type Facts = { reason?: unknown; params?: unknown; correlationId?: unknown };

/** Turns whatever a call threw into one sentence for people, with the id that finds it in the log. */
export function useErrorSentence(): (error: unknown) => ErrorSentence {
  const t = useTranslations('errors');
  return useCallback(
    (error) => {
      const facts: Facts | null = error instanceof TRPCClientError ? (error.data as Facts | null) : null;
      if (error instanceof TRPCClientError && !facts) return { sentence: t('offline'), correlationId: null };
      const reason = typeof facts?.reason === 'string' && t.has(facts.reason as 'internal') ? facts.reason : 'internal';
      const params = (facts?.params ?? {}) as Record<string, string | number>;
      const correlationId =
        reason === 'internal' && typeof facts?.correlationId === 'string' ? facts.correlationId : null;
      return { sentence: t(reason as 'internal', params), correlationId };
    },
    [t],
  );
}
