import { inngest } from '@/inngest/client';
import { events } from '@/inngest/events';
import { startHeartbeat } from './platform/heartbeat';
import { type Deliver, type Refused, startOutboxRelay } from './platform/outbox-relay';

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

/** What runs beside the requests of a web process. */
export function startBackground(): { stop: () => Promise<void> } {
  const relay = startOutboxRelay(deliver);
  const heartbeat = startHeartbeat();
  return {
    stop: async () => {
      heartbeat.stop();
      await relay.stop();
    },
  };
}
