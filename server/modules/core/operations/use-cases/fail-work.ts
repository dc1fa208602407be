import { backgroundFunctions } from '@/server/integrations/background/port';
import { markReported, runsWithEvents } from '../repository';

/**
 * Calls `onFailure` for runs that ended before their work was done: no upload stays "being written"
 * for ever. A run that fails for good says so itself; this is for those that could not.
 */
export async function failWork({ runIds, code }: { runIds: readonly string[]; code: string }): Promise<void> {
  const functions = new Map((await backgroundFunctions()()).map((one) => [one.id, one]));
  for (const { functionId, events } of await runsWithEvents(runIds)) {
    for (const { name, data } of events) await functions.get(functionId)?.reportFailure(name, data, code);
  }
  await markReported(runIds);
}
