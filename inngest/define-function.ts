import type { GetStepTools, InngestFunction } from 'inngest';
import type { z } from 'zod';
import { type Actor, systemActor } from '@/server/platform/actor';
import { inngest } from './client';
import type { EventContract } from './events/define-event';

type Limits = Pick<InngestFunction.Options, 'concurrency' | 'idempotency' | 'batchEvents' | 'singleton' | 'priority'>;

/** What every function of the portal states about itself, beside the work it does. */
export type Definition<E extends EventContract> = Limits & {
  id: string;
  /** The consumer or worker of the former system whose work this is. */
  replaces: string;
  on: readonly E[];
  /** Cron expression, in UTC unless it begins with `TZ=`. */
  cron?: string;
  /** CEL: only events that fulfil it start a run, such as `event.data.tier == 'vip1'`. */
  when?: string;
  retries: InngestFunction.Options['retries'];
  /** Called once when a run has failed for good, so that nothing stays "running" for ever. `code` is an error code. */
  whenFailed: (data: z.infer<E['schema']>, code: string, actor: Actor) => Promise<void>;
};

export type Run<E extends EventContract> = {
  /** The first event's data, parsed; null when cron started the run. */
  data: z.infer<E['schema']> | null;
  /** Every event's data where the function takes them in batches. */
  batch: z.infer<E['schema']>[];
  /** The function under its own name; its run is the correlation id of all that it does. */
  actor: Actor;
  step: GetStepTools<typeof inngest>;
};

export type PortalFunction = { id: string; replaces: string; events: readonly string[]; fn: InngestFunction.Any };

/** Registers a function: parses first, works second, and says when it gave up. Errors are mapped by the client's middleware. */
export function defineFunction<E extends EventContract>(
  definition: Definition<E>,
  work: (run: Run<E>) => Promise<unknown>,
): PortalFunction {
  const { id, replaces, on, cron, when, whenFailed, ...limits } = definition;
  const parse = (event: { name: string; data?: unknown }) =>
    on.find((contract) => contract.name === event.name)?.schema.parse(event.data) as z.infer<E['schema']>;
  const triggers = [
    ...on.map((contract) => (when ? { event: contract.name, if: when } : { event: contract.name })),
    ...(cron ? [{ cron }] : []),
  ];
  const fn = inngest.createFunction(
    {
      id,
      triggers,
      ...limits,
      onFailure: async ({ event, error }) => {
        const started = event.data.event;
        const known = on.some((contract) => contract.name === started.name);
        if (known) await whenFailed(parse(started), error.message.slice(0, 100), systemActor(id));
      },
    },
    async ({ event, events, runId, step }) => {
      const batch = (events as { name: string; data?: unknown }[]).map(parse).filter((data) => data !== undefined);
      const data = event.name.startsWith('inngest/') ? null : (batch[0] ?? null);
      return work({ data, batch, actor: systemActor(id, runId), step: step as Run<E>['step'] });
    },
  );
  return { id, replaces, events: on.map((contract) => contract.name), fn: fn as unknown as InngestFunction.Any };
}
