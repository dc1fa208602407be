-- A document of an owner in a language: `document:<owner>:<kind>:<language>`.
CREATE FUNCTION effect_document(p_owner uuid, p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT min(d.created_at), true, true, NULL::int, NULL::int FROM document d
  WHERE d.owner_id = p_owner AND d.kind = split_part(p_key, ':', 3) AND d.language = split_part(p_key, ':', 4)
$$;
