import { inngest } from '@/inngest/client';
import { events } from '@/inngest/events';
import { startHeartbeat } from './platform/heartbeat';
import { type Deliver, startOutboxRelay } from './platform/outbox-relay';

/** The one place where ports meet their adapters. Called once by every process of the portal: web, command line, tests. */
export function composePorts(): void {}

const contracts = new Map(events.map((contract) => [contract.name, contract]));

/** Delivers to whichever Inngest server the environment names; an event without its contract is an error of ours. */
const deliver: Deliver = async (batch) => {
  await inngest.send(
    batch.map(({ id, name, data, createdAt }) => {
      const contract = contracts.get(name);
      if (!contract) throw new Error(`no contract for the event ${name}`);
      return { id, name, data: contract.schema.parse(data), ts: createdAt.getTime() };
    }),
  );
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
