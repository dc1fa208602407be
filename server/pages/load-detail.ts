import 'server-only';
import type { FetchQueryOptions, QueryKey } from '@tanstack/react-query';
import { TRPCError } from '@trpc/server';
import { notFound } from 'next/navigation';
import { queryClientOfRequest } from './prefetch';

/**
 * What a detail page stands on, asked for once a request: its title, the page and the browser's cache share one answer. An unknown
 * id, or one that is not the asker's, is the page that says there is no such thing (404).
 */
export async function loadDetail<Data, Failure, Key extends QueryKey>(
  query: FetchQueryOptions<Data, Failure, Data, Key>,
): Promise<Data> {
  try {
    return await queryClientOfRequest().fetchQuery(query);
  } catch (error) {
    const cause = error instanceof TRPCError ? error : (error as { cause?: unknown }).cause;
    if (cause instanceof TRPCError && (cause.code === 'NOT_FOUND' || cause.code === 'BAD_REQUEST')) notFound();
    throw error;
  }
}
