import 'server-only';
import { TRPCError } from '@trpc/server';
import { asPortalError, trpcCode } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';
import type { ApiContext } from './context';
import { requestContext } from './session';

/** Who calls a procedure. Where that cannot be determined, the call is refused in the form and the words of every refusal. */
export async function contextOfCall(): Promise<ApiContext> {
  try {
    return await requestContext();
  } catch (error) {
    const known = asPortalError(error);
    if (known.kind === 'internal')
      logger('api').error({ err: known.cause ?? known }, 'a caller could not be identified');
    throw new TRPCError({ code: trpcCode(known), message: known.code, cause: known });
  }
}
