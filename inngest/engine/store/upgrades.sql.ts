import { TABLES } from './tables.sql';

/**
 * What changes the tables, in order; the number of a step is its place in the list, so none is ever changed or taken out. Each is
 * one short transaction under a lock timeout: no rewriting of a table, no index of a table that is there already (those are in
 * INDEXES), a constraint only as NOT VALID.
 */
export const STEPS: readonly string[] = [
  TABLES,
  `
-- Events that cannot be routed stand apart from the inbox, so that they cost it nothing however many there are.
CREATE TABLE set_aside (
  seq bigint PRIMARY KEY, event_id text NOT NULL, name text NOT NULL, function_id uuid, problem text,
  set_aside_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX set_aside_event ON set_aside (event_id);
CREATE INDEX set_aside_age ON set_aside (set_aside_at);
WITH moved AS (DELETE FROM inbox WHERE tries >= 5 RETURNING seq, event_id, name, function_id, problem)
INSERT INTO set_aside (seq, event_id, name, function_id, problem) SELECT * FROM moved;
-- The newest event of a debounce: an older one that comes late displaces nothing.
ALTER TABLE debounces ADD COLUMN event_ts bigint NOT NULL DEFAULT 0, ADD COLUMN event_seq bigint NOT NULL DEFAULT 0;
-- Since when its app does not name it any more. It is removed when a grace period is over, and as if never away before that.
ALTER TABLE functions ADD COLUMN missing_since timestamptz;
`,
];

/** An index that is built beside the work, without blocking writes; the engine works without it, if slower. */
interface OnlineIndex {
  name: string;
  on: string;
}

export const INDEXES: readonly OnlineIndex[] = [
  { name: 'events_newest', on: 'events (received_at, id)' },
  { name: 'events_named', on: 'events (name, received_at, id)' },
];

/** Indexes of former versions that nothing asks any more. */
export const FORMER_INDEXES: readonly string[] = ['events_received'];
