/** The official server's limits of a run, and the error of a run that exceeds one. */
export const MAX_STEPS = 1_000;
/** Of one step's result, and of what a run returns. */
export const MAX_OUTPUT_BYTES = 4 * 1_024 * 1_024;
/** Of all results of a run together. */
export const MAX_STATE_BYTES = 32 * 1_024 * 1_024;

export const TOO_MANY_STEPS = {
  name: 'InngestErrFunctionOverflowed',
  message: `the run has more than ${MAX_STEPS} steps`,
};

export const TOO_MUCH_STATE = {
  name: 'InngestErrStateOverflowed',
  message: `the results of the run's steps are larger than ${MAX_STATE_BYTES} bytes together`,
};

export const SIGNAL_CONFLICT = {
  name: 'Error',
  message: 'Signal conflict: another run already waits for this signal',
};

export const TOO_LONG_AHEAD = {
  name: 'InngestErrTimeoutTooLong',
  message: 'a sleep or wait may last 366 days at most',
};

export function outputTooLarge(what: string): { name: string; message: string } {
  return { name: 'output_too_large', message: `${what} is larger than ${MAX_OUTPUT_BYTES} bytes` };
}
