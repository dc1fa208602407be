-- What operations show of statements and of a month's runs, and their impact.
CREATE VIEW subject_statement AS
  SELECT t.id, p.month AS label, p.month || '-' || d.code AS reference, '/statements/' || p.month || '/' || t.id AS address, NULL::uuid AS branch_id
  FROM statement t JOIN statement_period p ON p.id = t.period_id JOIN doctor d ON d.id = t.doctor_id;
CREATE VIEW impact_statement AS
  SELECT id, id AS thing, NULL::text AS person, payable AS money, NULL::text AS tier FROM statement;
CREATE VIEW subject_statement_run AS
  SELECT r.id, p.month AS label, p.month AS reference, '/statements/' || p.month AS address, NULL::uuid AS branch_id
  FROM statement_run r JOIN statement_period p ON p.id = r.period_id;
CREATE VIEW impact_statement_run AS
  SELECT r.id, t.id AS thing, NULL::text AS person, t.payable AS money, NULL::text AS tier
  FROM statement_run r JOIN statement t ON t.period_id = r.period_id AND t.run_id = r.id AND t.state <> 'superseded';

CREATE VIEW issue_statements AS
  SELECT 'statement-runs-failed' AS kind, count(*)::int AS count, min(requested_at) AS since, NULL::bigint AS money
  FROM statement_run r WHERE state = 'failed'
    AND NOT EXISTS (SELECT FROM statement_run later WHERE later.period_id = r.period_id AND later.requested_at > r.requested_at)
  HAVING count(*) > 0;

-- Whether a run's drafts are still wanted: a later run of the month has recreated them.
CREATE FUNCTION is_run_in_force(p_run uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (
    SELECT FROM statement_run mine
    JOIN statement_run later ON later.period_id = mine.period_id AND later.requested_at > mine.requested_at AND later.state = 'done'
    WHERE mine.id = p_run)
$$;
CREATE FUNCTION effect_statement_run(p_run uuid, p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT (SELECT min(e.at) FROM audit_entry e WHERE e.entity = 'statement-run' AND e.entity_id = p_run::text AND e.action = 'statement-run.started'),
    is_run_in_force(p_run), true, NULL::int, NULL::int
$$;
CREATE FUNCTION effect_statement_drafts(p_run uuid, p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT effect_claimed_at(p_key), is_run_in_force(p_run), true, NULL::int, NULL::int
$$;

-- What of ended months waits for somebody (`pending`): drafts to approve, what is approved to publish, a run that failed. Since when is
-- the month's: an index alone answers how many, and up to 10,000 of a month, for more is more than anybody counts on.
CREATE VIEW pending_statements AS
  SELECT 'statements-to-approve' AS kind, '/statements/' || p.month AS address, NULL::uuid AS branch_id, NULL::uuid AS only_for,
    '{}'::uuid[] AS not_for, p.ends_at AS since
  FROM statement_period p
    CROSS JOIN LATERAL (SELECT FROM statement t WHERE t.period_id = p.id AND t.state IN ('draft', 'reviewed') LIMIT 10000) t
  WHERE p.ends_at <= now()
  UNION ALL
  SELECT 'statements-to-publish', '/statements/' || p.month, NULL, NULL, '{}', coalesce(p.sealed_at, p.ends_at)
  FROM statement_period p
    CROSS JOIN LATERAL (SELECT FROM statement t WHERE t.period_id = p.id AND t.state = 'approved' LIMIT 10000) t
  UNION ALL
  SELECT 'statement-runs-failed', '/statements/' || p.month, NULL, NULL, '{}', r.requested_at
  FROM statement_run r JOIN statement_period p ON p.id = r.period_id WHERE r.state = 'failed'
    AND NOT EXISTS (SELECT FROM statement_run later WHERE later.period_id = r.period_id AND later.requested_at > r.requested_at);
