/** How long something took or will take, in the two largest units that say something. */
export type DurationParts =
  | { unit: 'ms' | 'seconds'; count: number }
  | { unit: 'minutes'; minutes: number; seconds: number }
  | { unit: 'wholeMinutes'; minutes: number }
  | { unit: 'hours'; hours: number; minutes: number }
  | { unit: 'wholeHours'; hours: number }
  | { unit: 'days'; days: number; hours: number };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Takes milliseconds. Clocks that differ can make a time negative: that is none. */
export function durationParts(ms: number): DurationParts {
  const time = Math.max(0, Math.round(ms));
  if (time < SECOND) return { unit: 'ms', count: time };
  if (time < 10 * SECOND) return { unit: 'seconds', count: Math.round(time / 100) / 10 };
  if (time < MINUTE - SECOND / 2) return { unit: 'seconds', count: Math.round(time / SECOND) };
  if (time < 10 * MINUTE) return minutesAndSeconds(time);
  if (time < HOUR - MINUTE / 2) return { unit: 'wholeMinutes', minutes: Math.round(time / MINUTE) };
  const minutes = Math.round(time / MINUTE);
  if (time < DAY - MINUTE / 2) return { unit: 'hours', hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  const hours = Math.round(time / HOUR);
  return { unit: 'days', days: Math.floor(hours / 24), hours: hours % 24 };
}

function minutesAndSeconds(time: number): DurationParts {
  const seconds = Math.round(time / SECOND);
  return { unit: 'minutes', minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
}

/** A forecast knows no seconds: whole minutes, and from three hours on whole hours. Null below a minute. */
export function forecastParts(seconds: number): DurationParts | null {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return null;
  if (minutes < 60) return { unit: 'wholeMinutes', minutes };
  if (minutes < 180) return { unit: 'hours', hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  return { unit: 'wholeHours', hours: Math.round(minutes / 60) };
}
