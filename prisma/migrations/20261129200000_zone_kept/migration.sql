-- The organisation keeps its zone once there are orders or periods: a month that was sealed ends at midnight of one zone, and one that
-- begins at midnight of another leaves hours between them whose sales are in neither statement, nor carried into any.
CREATE FUNCTION guard_time_zone() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM orders) OR EXISTS (SELECT FROM statement_period) THEN
    RAISE EXCEPTION 'the organisation keeps the zone of its orders' USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_time_zone';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER one_time_zone BEFORE UPDATE OF time_zone ON organisation FOR EACH ROW
  WHEN (OLD.time_zone IS DISTINCT FROM NEW.time_zone) EXECUTE FUNCTION guard_time_zone();
