-- Asks one person for what another wants to do. p_details holds under "request" exactly what is asked: it is compared when the approval
-- is used. One approval for one key.
CREATE FUNCTION ask_approval(p_key uuid, p_kind text, p_branch uuid, p_subject uuid, p_by uuid, p_reason text, p_amount bigint, p_currency char(3), p_details jsonb)
RETURNS approval LANGUAGE plpgsql AS $$
DECLARE asked approval;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(p_key::text, 4101));
  SELECT * INTO asked FROM approval a WHERE a.client_key = p_key;
  IF asked.id IS NOT NULL THEN
    IF (asked.kind, asked.branch_id, asked.subject_id, asked.asked_by, asked.reason, asked.details) IS DISTINCT FROM
      (p_kind, p_branch, p_subject, p_by, p_reason, p_details)
    THEN
      PERFORM refuse('duplicate_client_key');
    END IF;
    RETURN asked;
  END IF;
  INSERT INTO approval (kind, branch_id, subject_id, client_key, asked_by, reason, amount, currency, details)
  VALUES (p_kind, p_branch, p_subject, p_key, p_by, p_reason, p_amount, p_currency, p_details)
  RETURNING * INTO asked;
  RETURN asked;
END $$;

-- Until when what was asked may be decided and used: it is about people who stand at a counter.
CREATE FUNCTION approval_ends(a approval) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT a.asked_at + interval '4 hours'
$$;

-- Uses an approval up, in the transaction of the act: once, by who asked, for exactly what was asked. Answers it with who decided.
CREATE FUNCTION use_approval(p_id uuid, p_kind text, p_subject uuid, p_by uuid, p_reason text, p_request jsonb) RETURNS approval LANGUAGE plpgsql AS $$
DECLARE used approval;
BEGIN
  SELECT * INTO used FROM approval a WHERE a.id = p_id FOR NO KEY UPDATE;
  IF used.id IS NULL OR (used.kind, used.subject_id, used.asked_by, used.reason, used.details -> 'request') IS DISTINCT FROM
    (p_kind, p_subject, p_by, p_reason, p_request)
  THEN
    PERFORM refuse('approval_for_other');
  END IF;
  IF used.used_at IS NOT NULL THEN PERFORM refuse('approval_used'); END IF;
  IF used.state = 'lapsed' OR approval_ends(used) < now() THEN PERFORM refuse('approval_lapsed'); END IF;
  IF used.state <> 'approved' THEN PERFORM refuse('approval_' || used.state); END IF;
  UPDATE approval SET used_at = now() WHERE id = p_id RETURNING * INTO used;
  RETURN used;
END $$;

-- What waits for a decision (`pending`), for those of the branch who did not ask.
CREATE VIEW pending_approvals AS
  SELECT 'approvals-to-decide' AS kind, '/approvals' AS address, a.branch_id, NULL::uuid AS only_for, ARRAY[a.asked_by] AS not_for, a.asked_at AS since
  FROM approval a WHERE a.state = 'waiting' AND a.asked_at > now() - interval '4 hours';
