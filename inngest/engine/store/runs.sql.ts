/** Creating and ending runs. */
export const RUN_FUNCTIONS = `
CREATE OR REPLACE FUNCTION make_ulid() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  alphabet constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  v_ms bigint := floor(extract(epoch FROM clock_timestamp()) * 1000);
  v_bytes bytea := uuid_send(gen_random_uuid());
  v_out text := '';
BEGIN
  FOR i IN 0..9 LOOP
    v_out := substr(alphabet, (v_ms & 31)::integer + 1, 1) || v_out;
    v_ms := v_ms >> 5;
  END LOOP;
  FOR i IN 0..15 LOOP
    v_out := v_out || substr(alphabet, (get_byte(v_bytes, i) & 31) + 1, 1);
  END LOOP;
  RETURN v_out;
END $$;

CREATE OR REPLACE FUNCTION run_events(p_run text) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT json_agg(e.payload ORDER BY b.position) FROM batch_items b JOIN events e ON e.id = b.event_id WHERE b.run_id = p_run),
    (SELECT json_build_array(e.payload) FROM runs r JOIN events e ON e.id = r.event_id WHERE r.id = p_run))
$$;

CREATE OR REPLACE FUNCTION accept_event(p_name text, p_external text, p_data json, p_function uuid) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE v_id text := make_ulid();
BEGIN
  INSERT INTO events (id, name, payload) VALUES (v_id, p_name, json_build_object('id', coalesce(p_external, v_id),
    'name', p_name, 'data', p_data, 'ts', floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint));
  INSERT INTO inbox (event_id, name, function_id) VALUES (v_id, p_name, p_function);
  RETURN v_id;
END $$;

-- Each run comes with its first job. Input: an array of NewRun, see flow/new-run.ts.
CREATE OR REPLACE FUNCTION create_runs(p_runs json) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v_keys text[];
BEGIN
  WITH fresh AS (
    SELECT * FROM json_to_recordset(p_runs) AS x(id text, function_id uuid, event_id text, batched boolean,
      sort_at timestamptz, due_at timestamptz, slots text[], throttle json, singleton_key text,
      start_within bigint, finish_within bigint, parent_run text, parent_step text, cancels json)
  ), made AS (
    INSERT INTO runs (id, function_id, event_id, batched, sort_at, slots, singleton_key, finish_within, parent_run, parent_step)
    SELECT id, function_id, event_id, batched, sort_at, slots, singleton_key,
           finish_within * interval '1 millisecond', parent_run, parent_step FROM fresh
  ), queued AS (
    INSERT INTO jobs (run_id, purpose, function_id, sort_at, slots, due_at, throttle, state, waiting_on)
    SELECT id, 'discover', function_id, sort_at, slots, coalesce(due_at, now()), throttle,
           CASE WHEN throttle IS NOT NULL OR due_at > now() THEN 'delayed' WHEN slots = '{}' THEN 'ready' ELSE 'waiting' END,
           CASE WHEN throttle IS NULL AND coalesce(due_at, now()) <= now() THEN slots[1] END
    FROM fresh RETURNING waiting_on
  ), armed AS (
    INSERT INTO timers (run_id, step_id, purpose, due_at)
    SELECT id, '', 'start', coalesce(due_at, now()) + start_within * interval '1 millisecond'
    FROM fresh WHERE start_within IS NOT NULL
  ), ruled AS (
    INSERT INTO waits (run_id, step_id, kind, subject, match, expression, expires_at)
    SELECT f.id, '', 'cancel', c.subject, c.match, c.expression, c.expires_at
    FROM fresh f, json_to_recordset(f.cancels) AS c(subject text, match text, expression text, expires_at timestamptz)
    WHERE f.cancels IS NOT NULL
  )
  SELECT array_agg(DISTINCT waiting_on) INTO v_keys FROM queued WHERE waiting_on IS NOT NULL;
  IF v_keys IS NOT NULL THEN PERFORM admit_all(v_keys); END IF;
END $$;

-- A listener must not hear itself for ever: a run that such an event has started is never announced as finished, nor under
-- the name that started it.
CREATE OR REPLACE FUNCTION announce(p_name text, p_external text, p_data json) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v_trigger text := coalesce(p_data->'event'->>'name', '');
BEGIN
  IF v_trigger = p_name THEN RETURN; END IF;
  IF p_name = 'inngest/function.finished' AND v_trigger IN ('inngest/function.failed', 'inngest/function.cancelled') THEN
    RETURN;
  END IF;
  PERFORM accept_event(p_name, p_external, p_data, NULL);
END $$;

CREATE OR REPLACE FUNCTION announce_end(r runs, p_status text, p_output json, p_finished boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_events json := run_events(r.id);
  v_slug text := (SELECT slug FROM functions WHERE id = r.function_id);
  v_marks json := json_build_object('status', p_status);
  v_correlation text := r.parent_run || '.' || r.parent_step;
  v_data json;
BEGIN
  IF p_status = 'Completed' THEN
    v_data := json_build_object('_inngest', v_marks, 'event', v_events->0, 'events', v_events,
      'function_id', v_slug, 'run_id', r.id, 'result', p_output, 'correlation_id', v_correlation);
  ELSIF p_status = 'Failed' THEN
    v_data := json_build_object('_inngest', v_marks, 'error', p_output, 'result', p_output, 'event', v_events->0,
      'events', v_events, 'function_id', v_slug, 'run_id', r.id, 'correlation_id', v_correlation);
    PERFORM announce('inngest/function.failed', r.id, v_data);
  ELSE
    v_data := json_build_object('_inngest', v_marks, 'event', v_events->0, 'events', v_events,
      'function_id', v_slug, 'run_id', r.id);
    PERFORM announce('inngest/function.cancelled', r.id, v_data);
  END IF;
  IF p_finished AND p_status <> 'Cancelled' THEN
    PERFORM announce('inngest/function.finished', NULL, v_data);
  END IF;
END $$;

CREATE OR REPLACE FUNCTION lock_open_run(p_run text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE v_ended timestamptz;
BEGIN
  SELECT ended_at INTO v_ended FROM runs WHERE id = p_run FOR UPDATE;
  RETURN FOUND AND v_ended IS NULL;
END $$;

-- Ends a run once: true for the first caller. Whoever waits for it (invoke) is resumed in the same transaction.
CREATE OR REPLACE FUNCTION finish_run(p_run text, p_status text, p_output json, p_finished boolean) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  r runs;
  j record;
  v_keys text[] := '{}';
  v_finished boolean;
BEGIN
  IF NOT lock_open_run(p_run) THEN RETURN false; END IF;
  SELECT * INTO r FROM runs WHERE id = p_run;
  UPDATE runs SET status = p_status, output = p_output, ended_at = clock_timestamp() WHERE id = p_run;
  FOR j IN DELETE FROM jobs WHERE run_id = p_run RETURNING state, slots LOOP
    IF j.slots <> '{}' THEN
      v_keys := v_keys || j.slots;
      IF j.state IN ('ready', 'leased') THEN PERFORM free_slots(j.slots); END IF;
    END IF;
  END LOOP;
  DELETE FROM timers WHERE run_id = p_run;
  DELETE FROM waits WHERE run_id = p_run;
  IF r.singleton_key IS NOT NULL THEN DELETE FROM singletons WHERE key = r.singleton_key AND run_id = p_run; END IF;
  IF r.parent_run IS NOT NULL THEN
    PERFORM complete_step(r.parent_run, r.parent_step, CASE p_status
      WHEN 'Completed' THEN json_build_object('data', p_output)
      WHEN 'Failed' THEN json_build_object('error', p_output)
      ELSE json_build_object('error', json_build_object('name', 'Error', 'message', 'invoked function was cancelled')) END);
  END IF;
  v_finished := p_finished OR EXISTS (SELECT 1 FROM waits WHERE subject = 'inngest/function.finished');
  IF p_status <> 'Completed' OR v_finished THEN PERFORM announce_end(r, p_status, p_output, v_finished); END IF;
  IF v_keys <> '{}' THEN PERFORM admit_all(v_keys); END IF;
  RETURN true;
END $$;
`;
