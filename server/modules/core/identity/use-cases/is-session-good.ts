import { env } from '@/server/platform/env';
import { isGoodSession } from '../repository';

/** Whether a session has not ended in the meantime: what a live connection asks while it lasts. Counts as no use of it. */
export const isSessionGood = ({ id }: { id: string }): Promise<boolean> =>
  isGoodSession(id, env().SESSION_IDLE_MINUTES);
