/** Where a sentence has a clock that runs. */
export const CLOCK = '{clock}';

/** A sentence with its clock at so many seconds: minutes and two digits. */
export const atSeconds = (sentence: string, seconds: number): string =>
  sentence.replace(CLOCK, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`);
