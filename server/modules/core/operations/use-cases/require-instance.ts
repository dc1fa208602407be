import { PortalError } from '@/server/platform/errors';
import { secondsSinceRelay } from '../repository';

/** The relay signs every three seconds; five signs missed is not running. */
const ALIVE_SECONDS = 15;

/** Lets work that waits for the background go on only while an instance runs. Throws `not_running`. */
export async function requireInstance(): Promise<void> {
  const seconds = await secondsSinceRelay();
  if (seconds === null || seconds > ALIVE_SECONDS) throw new PortalError('unavailable', 'not_running');
}
