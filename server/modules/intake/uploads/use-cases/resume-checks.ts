import { systemActor } from '@/server/platform/actor';
import { logger } from '@/server/platform/logger';
import { interruptedChecks } from '../queries';
import { checkUpload } from './check-upload';

/** Goes on with checks whose process died or lost its database, one after the other. Answers how many came to an end. */
export async function resumeChecks(): Promise<number> {
  let ended = 0;
  for (const id of await interruptedChecks()) {
    try {
      await checkUpload({ actor: systemActor('sweep'), id });
      ended += 1;
    } catch (err) {
      logger('uploads').warn({ err, id }, 'a check could not go on');
    }
  }
  return ended;
}
