-- What only goes one way, for every role. Each is looked at by a condition of the trigger itself, so that an ordinary change costs nothing.

-- What is paid is more than nothing; only a refund gives back.
ALTER TABLE payment ADD CONSTRAINT payment_or_refund CHECK (amount > 0 OR refund_id IS NOT NULL);

CREATE FUNCTION refuse_way_back() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% does not go back', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- A number that was given is not given again.
CREATE TRIGGER never_lower BEFORE UPDATE ON number_counter FOR EACH ROW
  WHEN (NEW.value < OLD.value) EXECUTE FUNCTION refuse_way_back();

-- An event that was delivered is not waiting again.
CREATE TRIGGER delivered_is_final BEFORE UPDATE ON outbox_event FOR EACH ROW
  WHEN (OLD.published_at IS NOT NULL AND NEW.published_at IS NULL) EXECUTE FUNCTION refuse_way_back();

-- A message that was sent was sent to whom it says.
CREATE TRIGGER sent_is_final BEFORE UPDATE ON message FOR EACH ROW
  WHEN (OLD.state = 'sent' AND (NEW.state, NEW.recipient, NEW.channel, NEW.sent_at) IS DISTINCT FROM (OLD.state, OLD.recipient, OLD.channel, OLD.sent_at))
  EXECUTE FUNCTION refuse_way_back();

-- Which routines stand in the database is the word of who made them, or the migrator would leave out what it has to do.
CREATE FUNCTION guard_routines_fact() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT pg_has_role(current_user, (SELECT c.relowner FROM pg_class c WHERE c.oid = TG_RELID), 'USAGE') THEN
    RAISE EXCEPTION 'the migrator alone says which routines there are' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER migrators_word BEFORE INSERT OR UPDATE ON instance_fact FOR EACH ROW
  WHEN (NEW.key = 'routines') EXECUTE FUNCTION guard_routines_fact();
