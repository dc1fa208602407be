-- Appends seals behind position p_after, which must be the chain's end: the only way by which a seal comes to be. They are made
-- by the portal, with a key that is not kept here; one made without it is found by `audit verify`.
CREATE FUNCTION audit_append_seals(p_after bigint, p_entries uuid[], p_entry_hashes bytea[], p_hashes bytea[], p_key_id text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF p_after <> (SELECT coalesce(max(position), 0) FROM audit_seal) THEN
    RAISE EXCEPTION 'the chain does not end at %', p_after USING ERRCODE = 'serialization_failure';
  END IF;
  INSERT INTO audit_seal (position, entry_id, entry_hash, hash, key_id)
  SELECT p_after + s.place, s.entry_id, s.entry_hash, s.hash, p_key_id
  FROM unnest(p_entries, p_entry_hashes, p_hashes) WITH ORDINALITY s (entry_id, entry_hash, hash, place);
END $$;
REVOKE EXECUTE ON FUNCTION audit_append_seals(bigint, uuid[], bytea[], bytea[], text) FROM PUBLIC;
