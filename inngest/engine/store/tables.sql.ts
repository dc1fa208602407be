/**
 * The tables an engine begins with; what came later is in upgrades.sql.ts. Payloads are `json`, not `jsonb`: the text of the
 * user survives unchanged, key order and escaped NUL included.
 */
export const TABLES = `
CREATE TABLE IF NOT EXISTS apps (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL UNIQUE,
  url text NOT NULL,
  sdk text NOT NULL DEFAULT '',
  framework text NOT NULL DEFAULT '',
  checksum text NOT NULL,
  synced_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS functions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  app_id uuid NOT NULL REFERENCES apps,
  slug text NOT NULL UNIQUE,
  url text NOT NULL,
  config json NOT NULL,
  slot_limits integer[] NOT NULL DEFAULT '{}',
  removed_at timestamptz
);
-- Whether it wants to hear of every run that ends. Unknown for functions of an older engine: then they are told.
ALTER TABLE functions ADD COLUMN IF NOT EXISTS hears_ends boolean NOT NULL DEFAULT true;
CREATE INDEX IF NOT EXISTS functions_hearing ON functions (id) WHERE hears_ends AND removed_at IS NULL;
CREATE TABLE IF NOT EXISTS crons (
  function_id uuid NOT NULL REFERENCES functions,
  expression text NOT NULL,
  tick_at timestamptz NOT NULL,
  fire_at timestamptz NOT NULL,
  PRIMARY KEY (function_id, expression)
);
CREATE TABLE IF NOT EXISTS events (
  id text PRIMARY KEY,
  name text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  payload json NOT NULL
);
CREATE INDEX IF NOT EXISTS events_received ON events (received_at);
-- Events accepted but not yet routed to functions. function_id is set when only that function may take it.
CREATE TABLE IF NOT EXISTS inbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id text NOT NULL,
  function_id uuid,
  tries integer NOT NULL DEFAULT 0,
  problem text
);
ALTER TABLE inbox ADD COLUMN IF NOT EXISTS name text NOT NULL DEFAULT '';
CREATE INDEX IF NOT EXISTS inbox_name ON inbox (name, seq);
CREATE TABLE IF NOT EXISTS runs (
  id text PRIMARY KEY,
  function_id uuid NOT NULL,
  event_id text NOT NULL,
  batched boolean NOT NULL DEFAULT false,
  status text NOT NULL DEFAULT 'Queued',
  created_at timestamptz NOT NULL DEFAULT now(),
  sort_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  finish_within interval,
  output json,
  stack text[] NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT -1,
  slots text[] NOT NULL DEFAULT '{}',
  singleton_key text,
  parent_run text,
  parent_step text
) WITH (fillfactor = 80);
-- How much the results of its steps take.
ALTER TABLE runs ADD COLUMN IF NOT EXISTS state_bytes bigint NOT NULL DEFAULT 0;
CREATE INDEX IF NOT EXISTS runs_event ON runs (event_id);
DROP INDEX IF EXISTS runs_open;
CREATE INDEX IF NOT EXISTS runs_open_in_order ON runs (function_id, id) WHERE ended_at IS NULL;
CREATE INDEX IF NOT EXISTS runs_ended ON runs (ended_at) WHERE ended_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS steps (
  run_id text NOT NULL,
  step_id text NOT NULL,
  op text NOT NULL,
  name text NOT NULL DEFAULT '',
  race boolean NOT NULL DEFAULT false,
  memo json,
  created_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (run_id, step_id)
);
-- state: delayed (until due_at), waiting (for the slot waiting_on), ready, leased (a request is under way).
CREATE TABLE IF NOT EXISTS jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id text NOT NULL,
  step_id text NOT NULL DEFAULT '',
  purpose text NOT NULL,
  function_id uuid NOT NULL,
  state text NOT NULL,
  waiting_on text,
  due_at timestamptz NOT NULL DEFAULT now(),
  sort_at timestamptz NOT NULL,
  slots text[] NOT NULL DEFAULT '{}',
  throttle json,
  attempt integer NOT NULL DEFAULT 0,
  isolated boolean NOT NULL DEFAULT false,
  again boolean NOT NULL DEFAULT false,
  generation integer NOT NULL DEFAULT 0,
  lease_owner text,
  lease_until timestamptz,
  UNIQUE (run_id, step_id, purpose)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
CREATE INDEX IF NOT EXISTS jobs_ready ON jobs (function_id, sort_at, id) WHERE state = 'ready';
CREATE INDEX IF NOT EXISTS jobs_waiting ON jobs (waiting_on, sort_at, id) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS jobs_delayed ON jobs (due_at) WHERE state = 'delayed';
CREATE INDEX IF NOT EXISTS jobs_leased ON jobs (lease_until) WHERE state = 'leased';
CREATE TABLE IF NOT EXISTS timers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id text NOT NULL,
  step_id text NOT NULL,
  purpose text NOT NULL,
  due_at timestamptz NOT NULL,
  memo json,
  UNIQUE (run_id, step_id, purpose)
);
CREATE INDEX IF NOT EXISTS timers_due ON timers (due_at);
-- kind: event (a waiting step), cancel (a rule of the function), signal. match narrows the search: see expressions.
CREATE TABLE IF NOT EXISTS waits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id text NOT NULL,
  step_id text NOT NULL,
  kind text NOT NULL,
  subject text NOT NULL,
  match text NOT NULL DEFAULT '',
  expression text,
  expires_at timestamptz
);
CREATE INDEX IF NOT EXISTS waits_subject ON waits (subject, match);
CREATE INDEX IF NOT EXISTS waits_run ON waits (run_id, step_id);
CREATE UNIQUE INDEX IF NOT EXISTS waits_signal ON waits (subject) WHERE kind = 'signal';
-- Runs to start when this one ends. input: a JSON object as text.
CREATE TABLE IF NOT EXISTS defers (
  run_id text NOT NULL, id text NOT NULL, slug text NOT NULL, input text NOT NULL, meta text,
  aborted boolean NOT NULL DEFAULT false, PRIMARY KEY (run_id, id)
);
-- Orders to cancel runs of a function. Runs up to reached are dealt with; done_at is null until all are.
CREATE TABLE IF NOT EXISTS cancellations (
  id text PRIMARY KEY, function_id uuid NOT NULL, started_after timestamptz, started_before timestamptz NOT NULL,
  expression text, created_at timestamptz NOT NULL DEFAULT now(), reached text NOT NULL DEFAULT '', done_at timestamptz
);
CREATE INDEX IF NOT EXISTS cancellations_open ON cancellations (id) WHERE done_at IS NULL;
CREATE TABLE IF NOT EXISTS slots (key text PRIMARY KEY, used integer NOT NULL DEFAULT 0) WITH (fillfactor = 50);
CREATE TABLE IF NOT EXISTS pacers (key text PRIMARY KEY, full_at timestamptz NOT NULL) WITH (fillfactor = 50);
CREATE TABLE IF NOT EXISTS debounces (
  key text PRIMARY KEY, function_id uuid NOT NULL, event_id text NOT NULL,
  fire_at timestamptz NOT NULL, deadline timestamptz
);
CREATE INDEX IF NOT EXISTS debounces_due ON debounces (fire_at);
CREATE TABLE IF NOT EXISTS batches (
  key text PRIMARY KEY, function_id uuid NOT NULL, run_id text NOT NULL UNIQUE,
  size integer NOT NULL, fire_at timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS batches_due ON batches (fire_at);
CREATE TABLE IF NOT EXISTS batch_items (
  run_id text NOT NULL, position integer NOT NULL, event_id text NOT NULL, PRIMARY KEY (run_id, position)
);
CREATE INDEX IF NOT EXISTS batch_items_event ON batch_items (event_id);
CREATE TABLE IF NOT EXISTS singletons (key text PRIMARY KEY, run_id text NOT NULL);
CREATE TABLE IF NOT EXISTS idempotency (
  function_id uuid NOT NULL, key text NOT NULL, expires_at timestamptz NOT NULL, PRIMARY KEY (function_id, key)
);
CREATE INDEX IF NOT EXISTS idempotency_expires ON idempotency (expires_at);
`;
