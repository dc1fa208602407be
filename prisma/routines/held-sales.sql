-- A cart was sold under its key: where it was held, it waits no longer.
CREATE FUNCTION end_sold_hold(p_cart uuid, p_by uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE held_sale SET state = 'sold', version = version + 1, ended_at = now(), ended_by = p_by
  WHERE id = p_cart AND state IN ('held', 'taken');
END $$;

-- Whether a till has a held sale on its screen: it was taken there, and the shift that took it is still open.
CREATE FUNCTION is_at_till(h held_sale) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT h.state = 'taken' AND EXISTS (SELECT FROM shift s WHERE s.id = h.taken_shift_id AND s.state = 'open')
$$;

-- Held sales that nobody came back to within a time lapse, but for those on the screen of a till; answers which.
CREATE FUNCTION lapse_held_sales(p_before timestamptz, p_most int) RETURNS TABLE (id uuid, branch_id uuid) LANGUAGE sql AS $$
  UPDATE held_sale l SET state = 'lapsed', version = l.version + 1, ended_at = now()
  WHERE l.id IN (
    SELECT h.id FROM held_sale h WHERE h.state IN ('held', 'taken') AND h.held_at < p_before AND NOT is_at_till(h)
    ORDER BY h.id LIMIT p_most FOR UPDATE SKIP LOCKED
  )
  RETURNING l.id, l.branch_id
$$;
