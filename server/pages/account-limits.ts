import 'server-only';
import { env } from '@/server/platform/env';

/** What an account's own pages say of the settings: hours and idle minutes of a session, characters of a password. */
export function accountLimits(): { hours: number; idleMinutes: number; passwordLength: number } {
  const { SESSION_HOURS, SESSION_IDLE_MINUTES, PASSWORD_MIN_LENGTH } = env();
  return { hours: SESSION_HOURS, idleMinutes: SESSION_IDLE_MINUTES, passwordLength: PASSWORD_MIN_LENGTH };
}
