import type { FunctionRow, Overview, RunDetail, RunRow } from '@/server/modules/core/operations/schema';

const since = new Date('2026-11-29T01:00:00Z');

export const functionRow = (more: Partial<FunctionRow> = {}): FunctionRow => ({
  functionId: 'pos-order',
  paused: null,
  queued: 0,
  oldestQueuedAt: null,
  running: 0,
  retrying: 0,
  pausedRuns: 0,
  failed: 0,
  completedLastHour: 0,
  drainSeconds: null,
  ...more,
});

export const run = (at: number, more: Partial<RunRow> = {}): RunRow => ({
  runId: `01RUN${at}`,
  functionId: 'pos-order',
  eventName: 'order/paid',
  subject: { kind: 'order', id: 'o', label: `HCM-${at}`, href: `/orders/o${at}` },
  subjects: 1,
  tier: null,
  state: 'failed',
  errorCode: 'sms_unavailable',
  attempts: 3,
  startedAt: since,
  lastSeenAt: since,
  endedAt: new Date('2026-11-29T01:00:12Z'),
  replayOf: null,
  replayedBy: null,
  ...more,
});

export const runDetail = (more: Partial<RunDetail> = {}): RunDetail => ({
  ...run(1),
  steps: [],
  effects: [],
  patients: 2,
  money: 450_000n,
  currency: 'VND',
  serverStatus: 'Failed',
  canCancel: false,
  canReplay: true,
  ...more,
});

export const overview = (more: Partial<Overview> = {}): Overview => ({
  causes: [],
  failures: [],
  lanes: [],
  functions: [functionRow()],
  server: { reachable: true, quarantined: [], apps: [] },
  unreadProxy: false,
  relaySeenAt: new Date(),
  currency: 'VND',
  ...more,
});
