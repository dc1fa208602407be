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

CREATE OR REPLACE FUNCTION accept_event(p_name text, p_external text, p_data json, p_function uuid, p_meta json DEFAULT NULL)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_id text := make_ulid();
  v_event text := json_build_object('id', coalesce(p_external, v_id), 'name', p_name, 'data', p_data, 'user', '{}'::json,
    'ts', floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)::text;
BEGIN
  IF p_meta IS NOT NULL THEN v_event := left(v_event, -1) || ',"meta":' || p_meta || '}'; END IF;
  INSERT INTO events (id, name, payload) VALUES (v_id, p_name, v_event::json);
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

-- What is said of a run that ended. Values of users are carried over as they are: to look into them would refuse escaped NUL.
CREATE OR REPLACE FUNCTION end_data(r runs, p_status text, p_output json) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  v_data text := json_build_object('_inngest', json_build_object('status', p_status), 'run_id', r.id,
    'event', (SELECT payload FROM events WHERE id = r.event_id), 'events', run_events(r.id),
    'function_id', (SELECT slug FROM functions WHERE id = r.function_id))::text;
BEGIN
  v_data := left(v_data, -1);
  IF p_status <> 'Cancelled' THEN v_data := v_data || ',"result":' || coalesce(p_output::text, 'null'); END IF;
  IF p_status = 'Failed' THEN v_data := v_data || ',"error":' || p_output; END IF;
  IF r.parent_run IS NOT NULL THEN
    v_data := v_data || ',"correlation_id":' || to_json(r.parent_run || '.' || r.parent_step);
  END IF;
  RETURN (v_data || '}')::json;
END $$;

-- Listeners must not hear themselves for ever: a run that one of these events has started is not announced in its turn.
CREATE OR REPLACE FUNCTION announce_end(r runs, p_status text, p_output json, p_finished boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  v_trigger text := (SELECT name FROM events WHERE id = r.event_id);
  v_name text := CASE p_status WHEN 'Failed' THEN 'inngest/function.failed' WHEN 'Cancelled' THEN 'inngest/function.cancelled' END;
  v_data json;
BEGIN
  IF v_trigger IN ('inngest/function.failed', 'inngest/function.finished') THEN RETURN; END IF;
  v_data := end_data(r, p_status, p_output);
  IF v_name IS NOT NULL AND v_name IS DISTINCT FROM v_trigger THEN PERFORM accept_event(v_name, r.id, v_data, NULL); END IF;
  IF p_finished THEN PERFORM accept_event('inngest/function.finished', NULL, v_data, NULL); END IF;
END $$;

CREATE OR REPLACE FUNCTION lock_open_run(p_run text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE v_ended timestamptz;
BEGIN
  SELECT ended_at INTO v_ended FROM runs WHERE id = p_run FOR UPDATE;
  RETURN FOUND AND v_ended IS NULL;
END $$;

-- Ends a run once: true for the first caller. Whoever waits for it (invoke) is resumed in the same transaction.
CREATE OR REPLACE FUNCTION finish_run(p_run text, p_status text, p_output json) RETURNS boolean
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
  PERFORM start_defers(r);
  IF r.singleton_key IS NOT NULL THEN DELETE FROM singletons WHERE key = r.singleton_key AND run_id = p_run; END IF;
  IF r.parent_run IS NOT NULL THEN
    PERFORM complete_step(r.parent_run, r.parent_step, CASE p_status
      WHEN 'Completed' THEN json_build_object('data', p_output)
      WHEN 'Failed' THEN json_build_object('error', p_output)
      ELSE json_build_object('error', json_build_object('name', 'Error', 'message', 'invoked function was cancelled')) END);
  END IF;
  v_finished := EXISTS (SELECT 1 FROM functions WHERE hears_ends AND removed_at IS NULL)
    OR EXISTS (SELECT 1 FROM waits WHERE subject = 'inngest/function.finished');
  IF p_status <> 'Completed' OR v_finished THEN PERFORM announce_end(r, p_status, p_output, v_finished); END IF;
  IF v_keys <> '{}' THEN PERFORM admit_all(v_keys); END IF;
  RETURN true;
END $$;
`;
