-- The last of `count` fresh numbers of a scope's day; the caller owns the ones from result - count + 1 up.
CREATE FUNCTION take_numbers(p_scope text, p_day date, p_count int) RETURNS int LANGUAGE sql AS $$
  INSERT INTO number_counter (scope, day, value) VALUES (p_scope, p_day, p_count)
  ON CONFLICT (scope, day) DO UPDATE SET value = number_counter.value + p_count
  RETURNING value
$$;

-- The organisation's zone, for business days inside SQL.
CREATE FUNCTION business_day(moment timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (moment AT TIME ZONE coalesce((SELECT time_zone FROM organisation WHERE id = 1), 'Asia/Ho_Chi_Minh'))::date
$$;

-- The till: a cart is priced, checked, written and paid in one round trip (create_paid_order), and previewed by the same
-- calculation (price_cart). What people did wrong is raised as SQLSTATE SP400: the message is the code of a sentence, the
-- detail its parameters as JSON.
CREATE FUNCTION refuse(p_code text, p_params jsonb DEFAULT '{}') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'SP400', MESSAGE = p_code, DETAIL = p_params::text;
END $$;

CREATE FUNCTION take_number(p_scope text, p_day date) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  v_size CONSTANT int := 8;
  v_taken int;
BEGIN
  UPDATE number_block b SET next = b.next + 1
  FROM (
    SELECT id FROM number_block WHERE scope = p_scope AND day = p_day AND next <= last
    ORDER BY next LIMIT 1 FOR UPDATE SKIP LOCKED
  ) open_block
  WHERE b.id = open_block.id
  RETURNING b.next - 1 INTO v_taken;
  IF v_taken IS NULL THEN
    v_taken := take_numbers(p_scope, p_day, v_size) - v_size + 1;
    INSERT INTO number_block (scope, day, next, last) VALUES (p_scope, p_day, v_taken + 1, v_taken + v_size - 1);
  END IF;
  RETURN v_taken;
END $$;
