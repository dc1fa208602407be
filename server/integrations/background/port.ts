import type { EffectKey } from '@/server/domain/effect-keys';
import { definePort } from '@/server/platform/port';

/** How the background server names the state of a run. */
export type ServerStatus = 'Running' | 'Completed' | 'Failed' | 'Cancelled';

export type ServerRun = { status: ServerStatus; endedAt: Date | null };

/** A look at the server's own queue. */
export type ServerQueue = {
  functions: { functionId: string; queued: number; oldestAt: Date | null }[];
  quarantined: { eventId: string; name: string; problem: string }[];
  apps: { url: string; problem: string | null; syncedAt: Date | null }[];
};

/** The Inngest server that runs the functions, whichever it is: only what every one of them can be asked. */
export interface BackgroundServer {
  /** What the server says of a run; null where it does not know it. Throws `background_unavailable`. */
  findRun(runId: string): Promise<ServerRun | null>;
  /** Asks the server to end a run; one that has ended, or that it does not know, stays as it is. Throws `background_unavailable`. */
  cancelRun(runId: string): Promise<void>;
  /** Its queue; `unreported` where the server has no such view. Throws `background_unavailable`. */
  readQueue(): Promise<ServerQueue | 'unreported'>;
}

export const backgroundServer = definePort<BackgroundServer>('background-server');

/** What a function states about an event that it takes: its effects, each with the key of the record that it leaves. */
export type StatedEffect = { kind: string; key: EffectKey; count?: number };

export type BackgroundFunction = {
  id: string;
  /** Empty where the data does not fit the event's contract. */
  effectsOf(eventName: string | null, data: unknown): StatedEffect[];
  /** Marks the work of an event as failed, as the function itself does when a run has failed for good. */
  reportFailure(eventName: string | null, data: unknown, code: string): Promise<void>;
};

/** The functions of the portal, in the order of their registry. They are loaded when they are first asked for. */
export const backgroundFunctions = definePort<() => Promise<readonly BackgroundFunction[]>>('background-functions');
