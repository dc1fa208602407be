-- The highest tier among orders; null where there are none.
CREATE FUNCTION highest_tier(p_orders text[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT tier FROM orders WHERE id = ANY (p_orders::uuid[])
  ORDER BY tier_rank(tier) DESC LIMIT 1
$$;

-- Writes the reports of runs, many at once. A late report does not undo a newer one; a run that was cancelled
-- stays cancelled, and one that ended waits for no other attempt. Runs that complete now are counted into the pace of their function.
CREATE FUNCTION record_runs(p_runs jsonb, p_steps jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Lost with a crashed database server, a record is found again by asking the server that runs the functions.
  PERFORM set_config('synchronous_commit', 'off', true);
  WITH written AS (
    INSERT INTO background_run AS r (run_id, function_id, event_name, event_ids, subject_kind, subject_ids, tier, state, state_at,
      error_code, attempts, started_at, last_seen_at, ended_at, replay_of)
    SELECT t.run_id, t.function_id, t.event_name, t.event_ids, t.subject_kind, t.subject_ids,
      CASE WHEN t.tier IS NULL AND t.subject_kind = 'order' THEN highest_tier(t.subject_ids) ELSE t.tier END,
      t.state, t.state_at, t.error_code, t.attempts, t.started_at, t.last_seen_at,
      CASE WHEN t.state IN ('completed', 'failed') THEN t.state_at END, t.replay_of
    FROM jsonb_to_recordset(p_runs) AS t (run_id text, function_id text, event_name text, event_ids text[], subject_kind text,
      subject_ids text[], tier text, state text, state_at timestamptz, error_code text, attempts int, started_at timestamptz,
      last_seen_at timestamptz, replay_of text[])
    ORDER BY t.run_id
    ON CONFLICT (run_id) DO UPDATE SET
      (state, state_at, ended_at, error_code) = (
        SELECT CASE WHEN later THEN EXCLUDED.state ELSE r.state END,
          CASE WHEN later THEN EXCLUDED.state_at ELSE r.state_at END,
          CASE WHEN later THEN EXCLUDED.ended_at ELSE r.ended_at END,
          CASE WHEN NOT later THEN r.error_code WHEN EXCLUDED.state = 'completed' THEN NULL
            ELSE coalesce(EXCLUDED.error_code, r.error_code) END
        FROM (SELECT EXCLUDED.state_at >= r.state_at AND r.state <> 'cancelled'
          AND NOT (r.ended_at IS NOT NULL AND EXCLUDED.state = 'retrying') AS later) judged),
      attempts = CASE WHEN EXCLUDED.attempts > 0 THEN EXCLUDED.attempts ELSE r.attempts END,
      started_at = least(r.started_at, EXCLUDED.started_at),
      last_seen_at = greatest(r.last_seen_at, EXCLUDED.last_seen_at)
    RETURNING NEW.function_id, OLD.state AS before, NEW.state AS after
  )
  INSERT INTO function_pace AS p (function_id, minute, completed)
  SELECT function_id, date_trunc('minute', now()), count(*) FROM written
  WHERE after = 'completed' AND before IS DISTINCT FROM 'completed' GROUP BY function_id ORDER BY function_id
  ON CONFLICT (function_id, minute) DO UPDATE SET completed = p.completed + EXCLUDED.completed;

  INSERT INTO background_step AS s (run_id, step_id, name, state, attempts, started_at, last_seen_at, ended_at, error_code)
  SELECT t.run_id, t.step_id, t.name, t.state, t.attempts, t.started_at, t.last_seen_at, t.ended_at, t.error_code
  FROM jsonb_to_recordset(p_steps) AS t (run_id text, step_id text, name text, state text, attempts int, started_at timestamptz,
    last_seen_at timestamptz, ended_at timestamptz, error_code text)
  ORDER BY t.run_id, t.step_id
  ON CONFLICT (run_id, step_id) DO UPDATE SET state = EXCLUDED.state, attempts = EXCLUDED.attempts,
    started_at = least(s.started_at, EXCLUDED.started_at), last_seen_at = EXCLUDED.last_seen_at, ended_at = EXCLUDED.ended_at,
    error_code = CASE WHEN EXCLUDED.state = 'completed' THEN NULL ELSE coalesce(EXCLUDED.error_code, s.error_code) END
  WHERE EXCLUDED.last_seen_at >= s.last_seen_at;
END $$;

-- Everything that operations can be about. Each module says of its own kinds what they are called, where they are shown, and whom
-- and their impact: `thing` is what money counts once for, `person` the one who waits.
CREATE VIEW subject AS
  SELECT 'order' AS kind, s.* FROM subject_order s
  UNION ALL SELECT 'upload', s.* FROM subject_upload s
  UNION ALL SELECT 'statement', s.* FROM subject_statement s
  UNION ALL SELECT 'statement-run', s.* FROM subject_statement_run s
  UNION ALL SELECT 'statement-link', s.* FROM subject_statement_link s
  UNION ALL SELECT 'otp-challenge', s.* FROM subject_otp_challenge s;
CREATE VIEW impact AS
  SELECT 'order' AS kind, s.* FROM impact_order s
  UNION ALL SELECT 'upload', s.* FROM impact_upload s
  UNION ALL SELECT 'statement', s.* FROM impact_statement s
  UNION ALL SELECT 'statement-run', s.* FROM impact_statement_run s
  UNION ALL SELECT 'statement-link', s.* FROM impact_statement_link s
  UNION ALL SELECT 'otp-challenge', s.* FROM impact_otp_challenge s;

-- What is stuck in each module.
CREATE VIEW issue AS
  SELECT * FROM issue_uploads UNION ALL SELECT * FROM issue_statements UNION ALL SELECT * FROM issue_messages;

-- What became of an effect, where its own use case looks before it does anything: when it was done; `applies` is false where nothing
-- of it is wanted (any more), `possible` where it is too late for it; `done` and `left_over` count where it happens in parts.
CREATE FUNCTION effect_state(p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE plpgsql STABLE AS $$
DECLARE v_id uuid := CASE WHEN pg_input_is_valid(split_part(p_key, ':', 2), 'uuid') THEN split_part(p_key, ':', 2)::uuid END;
BEGIN
  CASE split_part(p_key, ':', 1)
    WHEN 'accession' THEN RETURN QUERY SELECT * FROM effect_accession(v_id, p_key);
    WHEN 'lis-order' THEN RETURN QUERY SELECT * FROM effect_lis_order(v_id, p_key);
    WHEN 'lis-cancellation' THEN RETURN QUERY SELECT * FROM effect_lis_cancellation(v_id, p_key);
    WHEN 'revenue-refund' THEN RETURN QUERY SELECT * FROM effect_refund_revenue(v_id, p_key);
    WHEN 'document' THEN RETURN QUERY SELECT * FROM effect_document(v_id, p_key);
    WHEN 'message' THEN RETURN QUERY SELECT * FROM effect_message(p_key);
    WHEN 'otp' THEN RETURN QUERY SELECT * FROM effect_otp(v_id, p_key);
    WHEN 'link-event' THEN RETURN QUERY SELECT * FROM effect_link_event(v_id, p_key);
    WHEN 'upload' THEN RETURN QUERY SELECT * FROM effect_upload(v_id, p_key);
    WHEN 'statement-run' THEN RETURN QUERY SELECT * FROM effect_statement_run(v_id, p_key);
    WHEN 'statement-drafts' THEN RETURN QUERY SELECT * FROM effect_statement_drafts(v_id, p_key);
    ELSE RETURN QUERY SELECT effect_claimed_at(p_key), true, true, NULL::int, NULL::int;
  END CASE;
END $$;

-- Runs that failed and were neither repeated nor done in another way wait for those who look after them (`pending`).
CREATE VIEW pending_runs AS
  SELECT 'runs-failed' AS kind, '/operations/runs?state=failed' AS address, NULL::uuid AS branch_id, NULL::uuid AS only_for,
    '{}'::uuid[] AS not_for, ended_at AS since
  FROM background_run WHERE state = 'failed' AND replayed_at IS NULL AND resolved_at IS NULL;
