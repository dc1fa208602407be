import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { endRunFailed } from '../repository';

/** Ends a run that failed for good, with the error's code, so that another can be asked for. A run that ended stays. */
export async function failRun({ actor, runId, code }: { actor: Actor; runId: string; code: string }): Promise<void> {
  await inTransaction(async (tx) => {
    if (!(await endRunFailed(tx, runId, code))) return;
    const detail = { code };
    await recordAudit(tx, { actor, action: 'statement-run.failed', entity: 'statement-run', entityId: runId, detail });
  });
}
