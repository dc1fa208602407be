import { inngest } from '@/inngest/client';
import { events } from '@/inngest/events';
import { pruneGate } from './modules/gate/use-cases/prune-gate';
import { pruneRecords } from './modules/operations/use-cases/prune-records';
import { resolveFailures } from './modules/operations/use-cases/resolve-failures';
import { settleRuns } from './modules/operations/use-cases/settle-runs';
import { wakeParked } from './modules/operations/use-cases/wake-parked';
import { startHeartbeat } from './platform/heartbeat';
import { logger } from './platform/logger';
import { type Deliver, type Refused, startOutboxRelay } from './platform/outbox-relay';
import { pruneTurns } from './platform/rate-limit';
import { pruneReadMarks } from './platform/reads';

const contracts = new Map(events.map((contract) => [contract.name, contract]));

/**
 * Delivers to whichever Inngest server the environment names. An event that does not fit its contract is a fault of ours: it
 * is set aside by itself, and holds nobody up.
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
const PRUNE_EVERY = 240; // an hour of sweeps
const PRUNED_AT_ONCE = 2_000;

/** What is over and nobody needs: records of runs, codes and sessions of the gate, counters of limits, marks of readings. */
async function prune(): Promise<void> {
  await pruneRecords();
  await pruneGate();
  for (const few of [pruneTurns, pruneReadMarks]) {
    while ((await few(PRUNED_AT_ONCE)) === PRUNED_AT_ONCE);
  }
}

/** The slow look after the records of runs: what no run could say itself, what nobody woke, what is too old. */
function startSweep(): { stop: () => Promise<void> } {
  let sweeping: Promise<void> | undefined;
  let sweeps = 0;
  const sweep = async () => {
    try {
      await settleRuns();
      await wakeParked();
      await resolveFailures();
      if (sweeps % PRUNE_EVERY === 0) await prune();
      sweeps += 1;
    } catch (err) {
      logger('sweep').warn({ err }, 'the records of runs could not be looked after');
    } finally {
      sweeping = undefined;
    }
  };
  const timer = setInterval(() => {
    sweeping ??= sweep();
  }, SWEEP_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await sweeping;
    },
  };
}

/** What runs beside the requests of a web process. */
export function startBackground(): { stop: () => Promise<void> } {
  const relay = startOutboxRelay(deliver);
  const heartbeat = startHeartbeat();
  const sweep = startSweep();
  return {
    stop: async () => {
      heartbeat.stop();
      await Promise.all([relay.stop(), sweep.stop()]);
    },
  };
}
