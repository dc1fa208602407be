import { z } from 'zod';
import { noteOrNull } from '@/server/domain/fields';
import { RUN_STATES } from '@/server/domain/states';
import { TIERS, type Tier } from '@/server/domain/tier';
import { type Page, pageInput } from '@/server/platform/paging';

/** One cause of an issue: how much it delays, since when, and where to go. */
export type Cause = {
  kind: 'events-waiting' | 'events-quarantined' | 'uploads-failed' | 'statement-runs-failed' | 'messages-failed';
  count: number;
  since: Date;
  /** Money that waits with it, in minor units; null where none does. */
  money: bigint | null;
};

/** One lane of uploads: what waits in it, how it moves, and when it will be empty. */
export type Lane = {
  tier: Tier;
  waiting: number;
  rowsLeft: number;
  rowsLastHour: number;
  /** Seconds until the lane is empty at the pace of the last minutes; null where nothing waits or nothing moves. */
  drainSeconds: number | null;
};

/** How many rows a lane wrote in each of the last 60 minutes, the oldest first. */
export type LanePace = { tier: Tier; rows: number[] };

/** `retrying`: an attempt failed and another will come; `paused`: its function is paused, and it waits before its first step. */
export type RunState = (typeof RUN_STATES)[number];

export const SUBJECT_KINDS = [
  'order',
  'upload',
  'statement',
  'statement-run',
  'otp-challenge',
  'statement-link',
] as const;
/** What of the business a run is about. */
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export type Subject = {
  kind: SubjectKind;
  id: string;
  /** What people know it by, such as an order number; null where it has no such name. */
  label: string | null;
  /** Its place in the portal; null where it has none. */
  href: string | null;
};

/** One run of a background function, as the portal itself recorded it. */
export type RunRow = {
  runId: string;
  functionId: string;
  /** Null for runs that the clock started. */
  eventName: string | null;
  subject: Subject | null;
  /** How many subjects it takes at once, where its function works in batches. */
  subjects: number;
  tier: Tier | null;
  state: RunState;
  /** An error code of ours, or the error's class; never its message. */
  errorCode: string | null;
  /** Of its present or last step. */
  attempts: number;
  startedAt: Date;
  lastSeenAt: Date;
  endedAt: Date | null;
  /** The run that this one repeats; the first of them where a batch repeats several. */
  replayOf: string | null;
  /** The run that repeats this one. */
  replayedBy: string | null;
};

export const EFFECT_KINDS = [
  'pdf',
  'sms',
  'email',
  'notice',
  'ledger',
  'lis',
  'orders',
  'statements',
  'numbers',
  'audit',
] as const;
/** What a run changes outside of itself. */
export type EffectKind = (typeof EFFECT_KINDS)[number];

/**
 * One effect of a run: how much of it has happened and will not happen again, and how much would happen. Orders of an
 * upload and statements of a month are counted one by one.
 */
export type Effect = { kind: EffectKind; key: string; doneAt: Date | null; done: number; coming: number };

export type RunStep = {
  stepId: string;
  name: string;
  state: 'running' | 'retrying' | 'completed' | 'failed';
  attempts: number;
  startedAt: Date;
  endedAt: Date | null;
  errorCode: string | null;
};

export type RunDetail = RunRow & {
  steps: RunStep[];
  effects: Effect[];
  patients: number;
  money: bigint | null;
  currency: string;
  /** What the background server itself says of the run; null where it does not know it or cannot be asked. */
  serverStatus: 'Running' | 'Completed' | 'Failed' | 'Cancelled' | null;
  canCancel: boolean;
  canReplay: boolean;
};

/** Failed runs that were not repeated and whose work was not done in another way, by what failed and why. */
export type FailureGroup = {
  functionId: string;
  errorCode: string;
  runs: number;
  /** People whose orders, results or statements wait. */
  patients: number;
  money: bigint | null;
  tiers: Tier[];
  since: Date;
  latest: Date;
};

/** One background function: its queue, its pace, whether it is paused. */
export type FunctionRow = {
  functionId: string;
  paused: { since: Date; by: string; reason: string } | null;
  /** Requests that wait for their turn or their slot; null where the server does not report it. */
  queued: number | null;
  /** When the oldest of them came. */
  oldestQueuedAt: Date | null;
  running: number;
  retrying: number;
  pausedRuns: number;
  failed: number;
  completedLastHour: number;
  /** Seconds until the queue is empty at the pace of the last minutes; null where nothing waits or nothing moves. */
  drainSeconds: number | null;
};

/** What the background server says of itself; `reachable` false where it cannot be asked. */
export type ServerView = {
  reachable: boolean;
  /** Events that it could not route, with the reason; null where the server does not report it. */
  quarantined: { eventId: string; name: string; problem: string }[] | null;
  /** Apps whose functions could not be read at the last sync, with the reason; null where the server does not report it. */
  apps: { url: string; problem: string | null; syncedAt: Date | null }[] | null;
};

export type Overview = {
  causes: Cause[];
  failures: FailureGroup[];
  lanes: Lane[];
  functions: FunctionRow[];
  server: ServerView;
  /** A proxy stands before the portal that TRUST_PROXY does not count, so that everybody has its address. */
  unreadProxy: boolean;
  relaySeenAt: Date | null;
  currency: string;
};

export const runIdInput = z.object({ runId: z.string().min(1).max(64) });

export const listRunsInput = pageInput.extend({
  functionId: z.string().max(100).nullish(),
  state: z.enum(RUN_STATES).nullish(),
  /** `open` is everything that has not ended. */
  open: z.boolean().default(false),
  tier: z.enum(TIERS).nullish(),
  errorCode: z.string().max(100).nullish(),
});
export type ListRuns = z.infer<typeof listRunsInput>;
export type RunPage = Page<RunRow>;

/** Which runs to act on: some by name, or all of one cause. */
export const runSelection = z.union([
  z.object({ runIds: z.array(z.string().min(1).max(64)).min(1).max(200) }),
  z.object({ functionId: z.string().min(1).max(100), errorCode: z.string().min(1).max(100) }),
]);
export type RunSelection = z.infer<typeof runSelection>;

const reason = noteOrNull('reason').pipe(z.string().min(3));

export const replayInput = z.object({ selection: runSelection, reason });
export const cancelInput = z.object({ runIds: z.array(z.string().min(1).max(64)).min(1).max(200), reason });
export const pauseInput = z.object({ functionId: z.string().min(1).max(100), reason });
export const resumeInput = z.object({ functionId: z.string().min(1).max(100) });

/** What a replay would do, before it is asked for. */
export type ReplayPreview = {
  runs: number;
  /** Selected runs that cannot be repeated: still open, repeated already, or their event is gone. */
  left: { open: number; replayed: number; eventGone: number };
  patients: number;
  money: bigint | null;
  currency: string;
  /**
   * For each kind: how many are done and will not happen again, and how many will happen. Orders of an upload and statements of
   * a month are counted one by one.
   */
  effects: { kind: EffectKind; done: number; willHappen: number }[];
};

export type ActionResult = { done: number; left: number };
