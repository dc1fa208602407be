import { completedRuns, runsWithEvents } from '../repository';
import { listEffects } from '../use-cases/list-effects';

/** A failed message has its reason, which counts as done; no other effect is done without its record. */
const mayEndWithout = (key: string) => key.startsWith('message:') || key.startsWith('otp:');

/**
 * The newest runs that completed and have an effect without its record: work that will not be done any more. At most `most` are
 * looked at, of the last hours. Answers the effects' keys.
 */
export async function findMissingEffects({
  hours,
  most,
}: {
  hours: number | null;
  most: number;
}): Promise<{ id: string; at: Date }[]> {
  const completed = await completedRuns(hours, most);
  const runs = await runsWithEvents(completed.map(({ runId }) => runId));
  const effects = await listEffects({ runs: runs.filter(({ gone }) => gone === 0) });
  return completed.flatMap(({ runId, endedAt }) =>
    (effects.get(runId) ?? [])
      .filter(({ coming, key }) => coming > 0 && !mayEndWithout(key))
      .map(({ key }) => ({ id: key, at: endedAt })),
  );
}
