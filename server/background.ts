import { inngest } from '@/inngest/client';
import { events } from '@/inngest/events';
import { lapseApprovals } from './modules/core/approvals/use-cases/lapse-approvals';
import { sealEntries } from './modules/core/audit/use-cases/seal-entries';
import { sweepFiles } from './modules/core/documents/use-cases/sweep-files';
import { pruneSessions } from './modules/core/identity/use-cases/prune-sessions';
import { resumeMessages } from './modules/core/notifications/use-cases/resume-messages';
import { pruneRecords } from './modules/core/operations/use-cases/prune-records';
import { reportFailures } from './modules/core/operations/use-cases/report-failures';
import { resolveFailures } from './modules/core/operations/use-cases/resolve-failures';
import { resumeStuckPauses } from './modules/core/operations/use-cases/resume-stuck-pauses';
import { settleRuns } from './modules/core/operations/use-cases/settle-runs';
import { resumeChecks } from './modules/intake/uploads/use-cases/resume-checks';
import { pruneGate } from './modules/referral/statement-access/use-cases/prune-gate';
import { lapseHeldSales } from './modules/sales/held-sales/use-cases/lapse-held-sales';
import { startHeartbeat } from './platform/heartbeat';
import { type Deliver, type Refused, startOutboxRelay } from './platform/outbox-relay';
import { pruneAttempts } from './platform/rate-limit';
import { pruneReadMarks } from './platform/reads';
import { startSweep } from './platform/sweep';

const contracts = new Map(events.map((contract) => [contract.name, contract]));

/**
 * Delivers to whichever Inngest server the environment names. An event that does not fit its contract is a fault of ours: it
 * is skipped by itself, and delays nothing else.
 */
const deliver: Deliver = async (batch) => {
  const refused: Refused[] = [];
  const fitting = batch.flatMap(({ id, name, data, createdAt }) => {
    const parsed = contracts.get(name)?.schema.safeParse(data);
    if (parsed?.success) return [{ id, name, data: parsed.data, ts: createdAt.getTime() }];
    refused.push({ id, reason: parsed ? 'does not fit its contract' : 'has no contract' });
    return [];
  });
  if (fitting.length > 0) await inngest.send(fitting);
  return refused;
};

const SWEEP_MS = 15_000;
const PRUNED_AT_ONCE = 2_000;

/** Removes in small bites, until a bite finds less than it may take. */
async function pruneAll(some: (most: number) => Promise<number>): Promise<void> {
  while ((await some(PRUNED_AT_ONCE)) === PRUNED_AT_ONCE);
}

const SEAL_MS = 2_000;
const HOUR_MS = 3_600_000;

/**
 * Periodic checks for what no event reports, each at its own interval, so that none waits for another: claims of processes
 * that died, runs that fell silent, what is too old.
 */
const sweeps: [name: string, everyMs: number, work: () => Promise<unknown>][] = [
  ['audit', SEAL_MS, sealEntries],
  ['messages', SWEEP_MS, resumeMessages],
  ['checks', SWEEP_MS, resumeChecks],
  ['silent-runs', SWEEP_MS, settleRuns],
  ['unreported', SWEEP_MS, reportFailures],
  ['stuck-pauses', SWEEP_MS, resumeStuckPauses],
  ['failures', SWEEP_MS, resolveFailures],
  ['approvals', HOUR_MS, lapseApprovals],
  ['records', HOUR_MS, pruneRecords],
  ['sessions', HOUR_MS, pruneSessions],
  ['gate', HOUR_MS, pruneGate],
  ['limits', HOUR_MS, () => pruneAll(pruneAttempts)],
  ['read-marks', HOUR_MS, () => pruneAll(pruneReadMarks)],
  ['held-sales', HOUR_MS, () => pruneAll(lapseHeldSales)],
  ['files', HOUR_MS, sweepFiles],
];

/** What runs beside the requests of a web process. */
export function startBackground(): { stop: () => Promise<void> } {
  const relay = startOutboxRelay(deliver);
  const heartbeat = startHeartbeat();
  const running = sweeps.map(([name, everyMs, work]) => startSweep(name, everyMs, work));
  return {
    stop: async () => {
      heartbeat.stop();
      await Promise.all([relay, ...running].map((one) => one.stop()));
    },
  };
}
