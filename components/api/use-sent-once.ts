'use client';

import { type UseMutationOptions, type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { transformer } from '@/server/api/transformer';

/**
 * An act that is sent once: pressed again before it is answered, with the same input, it is the first press. What is rendered
 * does not know of that one yet where two come before the screen is drawn again.
 */
export function useSentOnce<Data, Failure, Input, Before>(
  options: UseMutationOptions<Data, Failure, Input, Before>,
): UseMutationResult<Data, Failure, Input, Before> {
  const underWay = useRef(new Set<string>());
  const keyOf = (input: Input | undefined) => transformer.stringify(input ?? null);
  const mutation = useMutation({
    ...options,
    onSettled: (...settled) => {
      underWay.current.delete(keyOf(settled[2]));
      return options.onSettled?.(...settled);
    },
  });
  const mutate: typeof mutation.mutate = (...asked) => {
    const key = keyOf(asked[0]);
    if (underWay.current.has(key)) return;
    underWay.current.add(key);
    mutation.mutate(...asked);
  };
  return { ...mutation, mutate };
}
