import { generationRequested } from '@/inngest/events/referral/statements';
import type { Actor } from '@/server/platform/actor';
import { recordAudit } from '@/server/platform/audit';
import { inTransaction } from '@/server/platform/db';
import { publish } from '@/server/platform/outbox';
import { countDone, doctorIds, startRun } from '../repository';

/** Few enough that a chunk is a short transaction, enough that 5,000 doctors are twenty events. */
const CHUNK = 250;

/**
 * Fans a requested run out to all doctors in bounded chunks. The run's own state records the effect: a repeat finds it running
 * and does nothing. Answers how many chunks were sent.
 */
export async function startStatementBatch({
  actor,
  runId,
  periodId,
}: {
  actor: Actor;
  runId: string;
  periodId: string;
}): Promise<{ chunks: number }> {
  return inTransaction(async (tx) => {
    const ids = await doctorIds(tx);
    if (!(await startRun(tx, runId, ids.length))) return { chunks: 0 };
    const chunks = Math.ceil(ids.length / CHUNK);
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      const part = ids.slice(chunk * CHUNK, (chunk + 1) * CHUNK);
      await publish(tx, generationRequested, { runId, periodId, chunk, doctorIds: part });
    }
    if (chunks === 0) await countDone(tx, runId, 0);
    const detail = { doctors: ids.length, chunks };
    await recordAudit(tx, { actor, action: 'statement-run.started', entity: 'statement-run', entityId: runId, detail });
    return { chunks };
  });
}
