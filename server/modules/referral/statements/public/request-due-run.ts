import { parseDate } from '@internationalized/date';
import type { Actor } from '@/server/platform/actor';
import { businessDay } from '@/server/platform/clock';
import { PortalError } from '@/server/platform/errors';
import { organisation } from '@/server/platform/organisation';
import { requestStatementRun } from '../use-cases/request-statement-run';

/** Asks for the drafts of the month that has just ended; where people were faster, there is nothing to do. */
export async function requestDueRun({ actor }: { actor: Actor }): Promise<{ month: string; runId: string | null }> {
  const { timeZone } = await organisation();
  const month = parseDate(`${businessDay(new Date(), timeZone).slice(0, 7)}-01`)
    .subtract({ months: 1 })
    .toString()
    .slice(0, 7);
  try {
    const { runId } = await requestStatementRun({ actor, month });
    return { month, runId };
  } catch (error) {
    if (error instanceof PortalError && error.kind === 'conflict') return { month, runId: null };
    throw error;
  }
}
