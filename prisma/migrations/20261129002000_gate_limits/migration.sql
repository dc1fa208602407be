-- Limits of the gate are counted from the codes themselves: by browser, by address, by number and by doctor.
-- Null in rows that were written before: they are older than any window that is counted.
ALTER TABLE "otp_challenge"
  ADD COLUMN "doctor_id" UUID,
  ADD COLUMN "recipient_key" BYTEA,
  ADD COLUMN "known_browser_id" UUID;

-- A browser that passed the gate of a doctor before. Its cookie opens nothing: it only has a place of its own in the limits.
CREATE TABLE "gate_browser" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "doctor_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "gate_browser_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "gate_browser_token_hash_key" ON "gate_browser"("token_hash");
CREATE INDEX "gate_browser_doctor_id_idx" ON "gate_browser"("doctor_id");
ALTER TABLE "gate_browser" ADD CONSTRAINT "gate_browser_doctor_id_fkey"
  FOREIGN KEY ("doctor_id") REFERENCES "doctor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whether unknown browsers are locked out of a doctor's links, and since when the limits count anew.
CREATE TABLE "gate_lockout" (
    "doctor_id" UUID NOT NULL,
    "reason" TEXT,
    "locked_at" TIMESTAMPTZ(6),
    "unlocked_at" TIMESTAMPTZ(6),
    "unlocked_by" UUID,

    CONSTRAINT "gate_lockout_pkey" PRIMARY KEY ("doctor_id"),
    CONSTRAINT "gate_lockout_reason_check" CHECK (reason IN ('tries', 'codes')),
    CONSTRAINT "gate_lockout_locked_check" CHECK ((locked_at IS NULL) = (reason IS NULL))
);
ALTER TABLE "gate_lockout" ADD CONSTRAINT "gate_lockout_doctor_id_fkey"
  FOREIGN KEY ("doctor_id") REFERENCES "doctor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE INDEX "otp_challenge_doctor_id_created_at_idx" ON "otp_challenge"("doctor_id", "created_at");
CREATE INDEX "otp_challenge_recipient_key_created_at_idx" ON "otp_challenge"("recipient_key", "created_at");
CREATE INDEX "otp_challenge_address_hash_created_at_idx" ON "otp_challenge"("address_hash", "created_at");
CREATE INDEX "otp_challenge_created_at_idx" ON "otp_challenge"("created_at");

-- The address that passed the gate, so that a reading through another one leaves its trace.
ALTER TABLE "gate_session" ADD COLUMN "address_hash" BYTEA;

ALTER TABLE link_event DROP CONSTRAINT link_event_kind_check;
ALTER TABLE link_event ADD CONSTRAINT link_event_kind_check CHECK (kind IN
  ('sent', 'opened', 'confirmed', 'otp-requested', 'verified', 'failed', 'viewed', 'viewed-elsewhere', 'downloaded', 'disputed', 'revoked'));

-- Whoever changes where a doctor is reached, by whatever door, ends what was proven by the old number or address.
CREATE FUNCTION end_doctor_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE gate_session g SET ended_at = now()
  FROM statement_link l JOIN statement s ON s.id = l.statement_id
  WHERE l.id = g.link_id AND s.doctor_id = NEW.id AND g.ended_at IS NULL;
  UPDATE otp_challenge c SET expires_at = now()
  FROM statement_link l JOIN statement s ON s.id = l.statement_id
  WHERE l.id = c.link_id AND s.doctor_id = NEW.id AND c.used_at IS NULL AND c.expires_at > now();
  DELETE FROM gate_browser WHERE doctor_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER ends_access AFTER UPDATE OF phone, email, active ON doctor FOR EACH ROW
  WHEN ((OLD.phone, OLD.email) IS DISTINCT FROM (NEW.phone, NEW.email) OR (OLD.active AND NOT NEW.active))
  EXECUTE FUNCTION end_doctor_access();
