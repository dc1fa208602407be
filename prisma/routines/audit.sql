CREATE FUNCTION audit_entry_hash(e audit_entry) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(convert_to(jsonb_build_array(
    e.id, extract(epoch FROM e.at), e.actor_kind, e.actor_id, e.action, e.entity, e.entity_id, e.branch_id, e.correlation_id, e.detail
  )::text, 'UTF8'))
$$;

-- Seals up to `batch` entries into the chain, oldest first; answers how many. One sealer at a time.
CREATE FUNCTION audit_seal_pending(batch int DEFAULT 1000) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  entry audit_entry;
  last_position bigint;
  last_hash bytea;
  own_hash bytea;
  sealed int := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('audit_seal')) THEN
    RETURN 0;
  END IF;
  SELECT position, hash INTO last_position, last_hash FROM audit_seal ORDER BY position DESC LIMIT 1;
  last_position := coalesce(last_position, 0);
  last_hash := coalesce(last_hash, '\x');
  FOR entry IN
    SELECT e.* FROM audit_entry e LEFT JOIN audit_seal s ON s.entry_id = e.id
    WHERE s.entry_id IS NULL ORDER BY e.at, e.id LIMIT batch
  LOOP
    own_hash := audit_entry_hash(entry);
    last_position := last_position + 1;
    last_hash := sha256(last_hash || int8send(last_position) || own_hash);
    INSERT INTO audit_seal (position, entry_id, entry_hash, hash) VALUES (last_position, entry.id, own_hash, last_hash);
    sealed := sealed + 1;
  END LOOP;
  RETURN sealed;
END $$;

-- The first broken place of the chain, or no row: a missing seal, a changed or missing entry, a wrong link.
CREATE FUNCTION audit_first_break() RETURNS TABLE (break_position bigint, reason text) LANGUAGE sql STABLE AS $$
  SELECT seal_position, why FROM (
    SELECT s.position AS seal_position,
      CASE
        WHEN s.position <> row_number() OVER (ORDER BY s.position) THEN 'seal missing'
        WHEN e.id IS NULL THEN 'entry missing'
        WHEN audit_entry_hash(e) <> s.entry_hash THEN 'entry changed'
        WHEN s.hash <> sha256(coalesce(lag(s.hash) OVER (ORDER BY s.position), '\x') || int8send(s.position) || s.entry_hash) THEN 'chain broken'
      END AS why
    FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id
  ) walked WHERE why IS NOT NULL ORDER BY seal_position LIMIT 1
$$;
