import type { GetStepTools, InngestFunction } from 'inngest';
import type { z } from 'zod';
import type { Tier } from '@/server/domain/tier';
import type { BackgroundFunction, StatedEffect } from '@/server/integrations/background/port';
import { reportOnce } from '@/server/modules/core/operations/public/report-once';
import type { EffectKind, SubjectKind } from '@/server/modules/core/operations/schema';
import { type Actor, systemActor } from '@/server/platform/actor';
import { inngest, sentenceCodeOf } from './client';
import { replayRequested } from './events/core/operations';
import type { EventContract } from './events/define-event';
import { noteFailure, type RunFacts, recordRuns } from './run-recording';

type Limits = Pick<InngestFunction.Options, 'concurrency' | 'idempotency' | 'batchEvents' | 'singleton' | 'priority'>;
type DataOf<E extends EventContract> = z.infer<E['schema']>;

/** The work of a function; a module of its own, loaded when the function first runs. */
export type Handler<E extends EventContract> = {
  run: (run: Run<E>) => Promise<unknown>;
  /** Called once when a run has failed for good, so that nothing stays "running" for ever. `code` is an error code. */
  onFailure: (data: DataOf<E>, code: string, actor: Actor) => Promise<void>;
  /** Called as the first step of a replayed run: resets what `onFailure` marked as failed, where the work would stop at it. */
  onReplay?: (data: DataOf<E>, actor: Actor) => Promise<void>;
};

/** What every function of the portal states about itself, beside the work it does. */
export type Definition<E extends EventContract> = Limits & {
  id: string;
  /** The consumer or worker of the former system whose work this is. */
  replaces: string;
  triggers: readonly E[];
  /** Cron expression, in UTC unless it begins with `TZ=`. */
  cron?: string;
  /** CEL: only events that fulfil it start a run, such as `event.data.tier == 'vip1'`. */
  when?: string;
  retries: InngestFunction.Options['retries'];
  /** What of the business an event is about, so that people see whom a failure keeps waiting; null where it is about nothing. */
  subject: (data: DataOf<E>) => { kind: SubjectKind; id: string; tier?: Tier } | null;
  /**
   * What an event changes outside of its run, each under the key where its use case looks before it does it again.
   */
  effects: (data: DataOf<E>) => (StatedEffect & { kind: EffectKind })[];
  handler: () => Promise<{ handler: Handler<E> }>;
};

export type Run<E extends EventContract> = {
  /** The first event's data, parsed; null when cron started the run. */
  data: DataOf<E> | null;
  /** Every event's data where the function takes them in batches. */
  batch: DataOf<E>[];
  /** The function under its own name; its run is the correlation id of all that it does. */
  actor: Actor;
  step: GetStepTools<typeof inngest>;
};

export type PortalFunction = BackgroundFunction & {
  replaces: string;
  events: readonly string[];
  fn: InngestFunction.Any;
};

type Failed = { run_id: string; event: Event; events?: Event[] };
type Event = { id?: string | undefined; name: string; data?: unknown };
/** An event as it was first sent: that of a repetition carries it. `name` is null where the clock started the run. */
type Original = { id: string | null; name: string | null; data: unknown; replayOf: string | null };

function originalOf(event: Event): Original {
  if (event.name !== replayRequested.name) {
    const clock = event.name.startsWith('inngest/');
    return { id: clock ? null : (event.id ?? null), name: clock ? null : event.name, data: event.data, replayOf: null };
  }
  const { eventId, eventName, data, runId } = replayRequested.schema.parse(event.data);
  return { id: eventId, name: eventName, data, replayOf: runId };
}

const distinct = (values: (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];

function triggersOf<E extends EventContract>({ id, triggers, cron, when }: Definition<E>) {
  return [
    ...triggers.map(({ name }) => (when ? { event: name, if: when } : { event: name })),
    ...(cron ? [{ cron }] : []),
    { event: replayRequested.name, if: `event.data.functionId == '${id}'` },
  ];
}

/** A repetition is asked for by somebody, and is not the doubled event that idempotency keeps away. */
const orReplay = (key: string): string => `event.name == '${replayRequested.name}' ? event.id : ${key}`;

/** Reads events by the contracts of their function. */
function readerOf<E extends EventContract>({ id, triggers, subject, effects, handler }: Definition<E>) {
  const contractOf = (name: string | null) => triggers.find((contract) => contract.name === name);
  const ifFitting = (name: string | null, data: unknown) => {
    const parsed = contractOf(name)?.schema.safeParse(data);
    return parsed?.success ? (parsed.data as DataOf<E>) : undefined;
  };
  const factsOf = (events: readonly Event[]): RunFacts => {
    const originals = events.map(originalOf);
    const subjects = originals.flatMap(({ name, data }) => {
      const fitting = ifFitting(name, data);
      return fitting ? (subject(fitting) ?? []) : [];
    });
    return {
      eventName: originals[0]?.name ?? null,
      eventIds: distinct(originals.map(({ id }) => id)),
      subjectKind: subjects[0]?.kind ?? null,
      subjectIds: distinct(subjects.map(({ id }) => id)),
      tier: subjects[0]?.tier ?? null,
      replayOf: distinct(originals.map(({ replayOf }) => replayOf)),
    };
  };
  return {
    factsOf,
    parse: ({ name, data }: Original) => contractOf(name)?.schema.parse(data) as DataOf<E> | undefined,
    effectsOf: (name: string | null, data: unknown) => {
      const fitting = ifFitting(name, data);
      return fitting ? effects(fitting) : [];
    },
    reportFailure: async (name: string | null, data: unknown, code: string) => {
      const fitting = ifFitting(name, data);
      if (fitting) await (await handler()).handler.onFailure(fitting, code, systemActor(id));
    },
  };
}

/**
 * Registers a function: parses first, works second, and reports when it failed for good. Errors are mapped by the client's middleware. Every
 * function can be repeated and paused, and keeps a record of its runs.
 */
export function defineFunction<E extends EventContract>(definition: Definition<E>): PortalFunction {
  const { id, replaces, triggers, cron, when, subject, effects, handler, idempotency, ...limits } = definition;
  const { factsOf, parse, effectsOf, reportFailure } = readerOf(definition);
  const fn = inngest.createFunction(
    {
      id,
      triggers: triggersOf(definition),
      middleware: [recordRuns(id, factsOf)],
      ...limits,
      ...(idempotency ? { idempotency: orReplay(idempotency) } : {}),
      onFailure: async ({ event, error }) => {
        // A batch fails as a whole; the SDK's types know of its first event only.
        const { data: failed, ts } = event as unknown as { data: Failed; ts?: number };
        const { run_id: runId, event: first, events = [first] } = failed;
        await noteFailure({ runId, functionId: id, at: ts, error }, factsOf(events));
        await reportOnce(runId, async () => {
          for (const { name, data } of events.map(originalOf)) await reportFailure(name, data, sentenceCodeOf(error));
        });
      },
    },
    async ({ events, runId, step }) => {
      const actor = systemActor(id, runId);
      const originals = (events as Event[]).map(originalOf);
      const batch = originals.map(parse).filter((data) => data !== undefined);
      const { run, onReplay } = (await handler()).handler;
      if (onReplay && originals.some(({ replayOf }) => replayOf !== null)) {
        const again = batch.filter((_, place) => originals[place]?.replayOf !== null);
        await step.run('take-up-again', async () => {
          for (const data of again) await onReplay(data, actor);
        });
      }
      return run({ data: batch[0] ?? null, batch, actor, step: step as Run<E>['step'] });
    },
  );
  return {
    id,
    replaces,
    events: triggers.map(({ name }) => name),
    effectsOf,
    reportFailure,
    fn: fn as unknown as InngestFunction.Any,
  };
}
