-- The guard of an open shift asks once for what a sale writes of each kind, by its row: a sale pays for it with some microseconds. A
-- close takes the shift FOR UPDATE and with that waits for whoever has just written of it, whose foreign key holds the row.
DROP TRIGGER shift_is_open ON orders;
DROP TRIGGER shift_is_open ON payment;
DROP TRIGGER shift_is_open ON drawer_entry;
CREATE OR REPLACE FUNCTION guard_open_shift() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT s.state FROM shift s WHERE s.id = NEW.shift_id) <> 'open' THEN
    RAISE EXCEPTION 'nothing is added to a shift that was closed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER shift_is_open AFTER INSERT ON orders FOR EACH ROW WHEN (NEW.shift_id IS NOT NULL) EXECUTE FUNCTION guard_open_shift();
CREATE TRIGGER shift_is_open AFTER INSERT ON payment FOR EACH ROW WHEN (NEW.shift_id IS NOT NULL) EXECUTE FUNCTION guard_open_shift();
-- Every movement has two sides; one of them is enough to ask for.
CREATE TRIGGER shift_is_open AFTER INSERT ON drawer_entry FOR EACH ROW WHEN (NEW.amount > 0) EXECUTE FUNCTION guard_open_shift();
