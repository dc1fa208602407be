/** Of what a procedure throws at a page on the server, the words for what may be otherwise a moment later. */
const PASSES: ReadonlySet<unknown> = new Set(['SERVICE_UNAVAILABLE', 'INTERNAL_SERVER_ERROR']);

/**
 * A refusal stays a refusal: only what the network or the database lost is worth a second try. A page on the server asks without HTTP, and
 * gets the procedure's own error.
 */
export function isRefusal(error: object): boolean {
  if ('name' in error && error.name === 'TRPCError' && 'code' in error) return !PASSES.has(error.code);
  const data: unknown = 'data' in error ? error.data : undefined;
  const status = typeof data === 'object' && data !== null && 'httpStatus' in data ? Number(data.httpStatus) : 0;
  return status >= 400 && status < 500;
}
