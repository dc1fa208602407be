import { TRPCClientError } from '@trpc/client';

/** The error that a call throws: what the server said of it, or null where it was not reached. */
export function refusalFrom(data: { reason: string; params?: object; correlationId?: string } | null): Error {
  if (data === null) return new TRPCClientError('fetch failed');
  const error = new TRPCClientError(data.reason);
  return Object.assign(error, { data: { httpStatus: 409, params: {}, ...data } });
}
