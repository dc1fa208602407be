/** A refusal stays a refusal: only what the network or the database lost is worth a second try. */
export function isRefusal(error: object): boolean {
  const data: unknown = 'data' in error ? error.data : undefined;
  const status = typeof data === 'object' && data !== null && 'httpStatus' in data ? Number(data.httpStatus) : 0;
  return status >= 400 && status < 500;
}
