-- Who counted a shift and closed it: its cashier, or the branch manager where the cashier has left, moved or sells no more. Null for
-- shifts that a former version closed: their cashier did.
ALTER TABLE shift ADD COLUMN closed_by uuid;

-- As before; and nobody accepts what they have counted.
CREATE OR REPLACE FUNCTION guard_shift() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE kept shift;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' OR (NEW.closed_at, NEW.denominations, NEW.counted_cash, NEW.expected_cash, NEW.closed_by, NEW.accepted_by, NEW.accepted_at)
      IS DISTINCT FROM (NULL::timestamptz, NULL::jsonb, NULL::bigint, NULL::bigint, NULL::uuid, NULL::uuid, NULL::timestamptz)
    THEN
      RAISE EXCEPTION 'a shift begins open' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  kept := NEW;
  kept.state := OLD.state;
  IF OLD.state = 'open' AND NEW.state = 'closed' THEN
    PERFORM FROM shift s WHERE s.id = OLD.id FOR UPDATE;
    kept.closed_at := OLD.closed_at;
    kept.denominations := OLD.denominations;
    kept.counted_cash := OLD.counted_cash;
    kept.expected_cash := OLD.expected_cash;
    kept.closed_by := OLD.closed_by;
  ELSIF OLD.state = 'closed' AND NEW.state = 'accepted' AND NEW.accepted_by NOT IN (OLD.cashier_id, coalesce(OLD.closed_by, OLD.cashier_id)) THEN
    kept.accepted_by := OLD.accepted_by;
    kept.accepted_at := OLD.accepted_at;
  ELSIF NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'a shift does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF kept IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'a shift keeps its till, its cashier and its float' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
