import { asPortalError, httpStatus } from '@/server/platform/errors';
import { logger } from '@/server/platform/logger';

/** Sends a browser on after a form, so that reloading repeats nothing. */
export const seeOther = (path: string): Response =>
  new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store' } });

/** A plain answer for what is not a page: the status, and no reason. */
export function refusal(error: unknown, correlationId: string): Response {
  const known = asPortalError(error);
  logInternal(known, correlationId);
  const headers = { 'cache-control': 'no-store', 'x-correlation-id': correlationId };
  return new Response(null, { status: httpStatus(known), headers });
}

/** The same for a screen's own script, which has a sentence for the code: `{reason, params, correlationId}`. */
export function refusalAsJson(error: unknown, correlationId: string): Response {
  const known = asPortalError(error);
  logInternal(known, correlationId);
  const { code: reason, params } = known;
  const headers = { 'cache-control': 'no-store' };
  return Response.json({ reason, params, correlationId }, { status: httpStatus(known), headers });
}

function logInternal(known: ReturnType<typeof asPortalError>, correlationId: string): void {
  if (known.kind !== 'internal') logger('http').info({ correlationId, code: known.code }, 'request refused');
  else logger('http').error({ correlationId, err: known.cause ?? known }, 'request failed');
}
