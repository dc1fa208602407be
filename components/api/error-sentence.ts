'use client';

import { TRPCClientError } from '@trpc/client';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { HandlerRefusal } from './handler-refusal';

/** `code` names the sentence; `sentence` is whole, with the id that finds an unexpected error in the log; `message` is without, for where the id has a place of its own. */
export type ErrorSentence = { code: string; sentence: string; message: string; correlationId: string | undefined };

type Facts = { reason?: unknown; params?: unknown; correlationId?: unknown };
type Problem = { code: string; params: Record<string, string | number>; correlationId: string | null };

/**
 * The code of the sentence for what a call threw: the server's own, `offline` where it was not reached, and `internal`, with the id
 * that finds it in the log, for all that has no sentence. `has`: whether there is a sentence for a code.
 */
export function problemFrom(error: unknown, has: (code: string) => boolean): Problem {
  const isRefusal = error instanceof TRPCClientError || error instanceof HandlerRefusal;
  const facts = isRefusal ? (error.data as Facts | null) : null;
  if (isRefusal && !facts) return { code: 'offline', params: {}, correlationId: null };
  const code = typeof facts?.reason === 'string' && has(facts.reason) ? facts.reason : 'internal';
  const { correlationId } = facts ?? {};
  return {
    code,
    params: (facts?.params ?? {}) as Problem['params'],
    correlationId: code === 'internal' && typeof correlationId === 'string' ? correlationId : null,
  };
}

/** Turns whatever a call threw into one sentence for people, with the id that finds it in the log. */
export function useErrorSentence(): (error: unknown) => ErrorSentence {
  const t = useTranslations('errors');
  const label = useTranslations('ui.error');
  return useCallback(
    (error) => {
      const { code, params, correlationId } = problemFrom(error, (one) => t.has(one as 'internal'));
      const message = t(code as 'internal', params);
      const sentence = correlationId ? `${message} ${label('code')}: ${correlationId}` : message;
      return { code, sentence, message, correlationId: correlationId ?? undefined };
    },
    [t, label],
  );
}
