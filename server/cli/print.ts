// No text that is stored holds a NUL.
const MARK = '\0';
const MARKED = /"\\u0000(-?\d+)"/g;

/** A value as JSON for programs. Money is a number to its last digit, also where a float would round it. */
export const asJson = (value: unknown): string =>
  JSON.stringify(value, (_, field) => (typeof field === 'bigint' ? `${MARK}${field}` : field), 1).replace(MARKED, '$1');
