-- Appends seals behind position p_after, which must be the chain's end: the only way by which a seal comes to be. They are made
-- by the portal, with a key that is not kept here; one made without it is found by `audit verify`. What no seal of any key looks like
-- is refused: every seal has its entry, which has none yet, and its two hashes of 32 bytes under a named key.
CREATE FUNCTION audit_append_seals(p_after bigint, p_entries uuid[], p_entry_hashes bytea[], p_hashes bytea[], p_key_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF p_after <> (SELECT coalesce(max(position), 0) FROM audit_seal) THEN
    RAISE EXCEPTION 'the chain does not end at %', p_after USING ERRCODE = 'serialization_failure';
  END IF;
  IF coalesce(cardinality(p_entries), 0) NOT BETWEEN 1 AND 10000
    OR (cardinality(p_entries), cardinality(p_entries)) IS DISTINCT FROM (cardinality(p_entry_hashes), cardinality(p_hashes))
    OR p_key_id IS NULL OR p_key_id !~ '^[0-9a-f]{16}$'
    OR EXISTS (
      SELECT FROM unnest(p_entry_hashes || p_hashes) h (hash) WHERE octet_length(h.hash) IS DISTINCT FROM 32)
    OR (SELECT count(DISTINCT h.hash) FROM unnest(p_hashes) h (hash)) <> cardinality(p_hashes)
    OR (SELECT count(*) FROM audit_entry e WHERE e.id = ANY (p_entries)) <> cardinality(p_entries)
    OR EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = ANY (p_entries))
    OR (p_after > 0 AND p_hashes[1] = (SELECT s.hash FROM audit_seal s WHERE s.position = p_after))
  THEN
    RAISE EXCEPTION 'no seals' USING ERRCODE = 'restrict_violation';
  END IF;
  INSERT INTO audit_seal (position, entry_id, entry_hash, hash, key_id)
  SELECT p_after + s.place, s.entry_id, s.entry_hash, s.hash, p_key_id
  FROM unnest(p_entries, p_entry_hashes, p_hashes) WITH ORDINALITY s (entry_id, entry_hash, hash, place);
END $$;
REVOKE EXECUTE ON FUNCTION audit_append_seals(bigint, uuid[], bytea[], bytea[], text) FROM PUBLIC;
