import { backgroundServer, type ServerRun } from '@/server/integrations/background/port';
import { type EndState, endedAs } from '../rules';

const AT_ONCE = 8;
/** Some servers cancel a moment after they said so. */
const LOOKS = 3;
const LOOK_AGAIN_MS = 150;

export type EndedRun = { runId: string; state: EndState; endedAt: Date | null };

async function endRun(runId: string): Promise<EndedRun> {
  const server = backgroundServer();
  await server.cancelRun(runId);
  let found: ServerRun | null = null;
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    found = await server.findRun(runId);
    if (found?.status !== 'Running') break;
  }
  const state = (found && endedAs(found.status)) ?? 'cancelled';
  return { runId, state, endedAt: found?.endedAt ?? null };
}

/**
 * Ends runs on the server and answers how each ended: one may have been done while it was asked for. Throws
 * `background_unavailable`; what was ended until then is ended, and asking again finds it so.
 */
export async function endRuns({ runIds }: { runIds: readonly string[] }): Promise<EndedRun[]> {
  const ended: EndedRun[] = [];
  for (let from = 0; from < runIds.length; from += AT_ONCE) {
    ended.push(...(await Promise.all(runIds.slice(from, from + AT_ONCE).map(endRun))));
  }
  return ended;
}
