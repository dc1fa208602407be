/** So many a run, as on the official server; further ones are not taken. */
const MOST_DEFERS = 20;

/** Runs that a run asked for at its end (`defer`): kept with the run, started when it ends, however it ends. */
export const DEFER_FUNCTIONS = `
-- Takes the defers out of a list of results. The first of an id wins; an aborted one is kept, so that it is not asked for again.
CREATE OR REPLACE FUNCTION record_defers(p_run text, p_done json) RETURNS void LANGUAGE plpgsql AS $$
DECLARE d record;
BEGIN
  FOR d IN SELECT e->>'id' AS id, e->>'op' AS op, (e->>'memo')::json AS ask FROM json_array_elements(p_done) e
           WHERE e->>'op' IN ('DeferAdd', 'DeferAbort') LOOP
    IF d.op = 'DeferAdd' THEN
      INSERT INTO defers (run_id, id, slug, input, meta, aborted)
      SELECT p_run, d.id, d.ask->>'slug', d.ask->>'input', d.ask->>'meta', (d.ask->>'refused')::boolean
      WHERE (SELECT count(*) FROM defers WHERE run_id = p_run) < ${MOST_DEFERS} ON CONFLICT DO NOTHING;
    ELSE
      UPDATE defers SET aborted = true WHERE run_id = p_run AND id = d.ask->>'target';
    END IF;
  END LOOP;
END $$;

-- What the SDK must know of them at each request: it does not ask again for those it finds here.
CREATE OR REPLACE FUNCTION known_defers(p_run text) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT json_object_agg(id, json_build_object('abortable', NOT aborted)) FROM defers WHERE run_id = p_run
$$;

-- At the end of a run. Texts are joined, not read: values of users may hold an escaped NUL.
CREATE OR REPLACE FUNCTION start_defers(r runs) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  d record;
  v_marks json;
BEGIN
  FOR d IN DELETE FROM defers WHERE run_id = r.id RETURNING * LOOP
    CONTINUE WHEN d.aborted;
    v_marks := (SELECT json_build_object('fn_slug', d.slug, 'parent_app_id', f.app_id, 'parent_fn_id', f.id,
      'parent_fn_slug', f.slug, 'parent_run_id', r.id) FROM functions f WHERE f.id = r.function_id);
    PERFORM accept_event('inngest/deferred.schedule', NULL,
      (left(d.input, -1) || CASE WHEN d.input = '{}' THEN '' ELSE ',' END || '"_inngest":' || v_marks || '}')::json, NULL, d.meta::json);
  END LOOP;
END $$;
`;
