/** One cause of trouble: how much it holds up, since when, and where to go. */
export type Cause = {
  kind: 'events-waiting' | 'events-set-aside' | 'uploads-failed' | 'statement-runs-failed' | 'messages-failed';
  count: number;
  since: Date;
  /** Money that waits with it, in minor units; null where none does. */
  money: bigint | null;
};

/** One lane of uploads: what waits in it and how it moved during the last hour. */
export type Lane = {
  tier: 'standard' | 'vip1' | 'svip1' | 'svip2';
  waiting: number;
  rowsLeft: number;
  rowsLastHour: number;
};

export type Overview = { causes: Cause[]; lanes: Lane[]; relaySeenAt: Date | null; currency: string };
