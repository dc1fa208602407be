-- A staff session is a row that each request looks at; the cookie only names it.
CREATE TABLE "staff_session" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "epoch" INTEGER NOT NULL,
    "proof" TEXT NOT NULL,
    "address_hash" TEXT NOT NULL,
    "network" TEXT,
    "browser" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "staff_session_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "staff_session_secret_hash_key" ON "staff_session"("secret_hash");
CREATE INDEX "staff_session_user_id_address_hash_idx" ON "staff_session"("user_id", "address_hash");
CREATE INDEX "staff_session_expires_at_idx" ON "staff_session"("expires_at");
ALTER TABLE "staff_session" ADD CONSTRAINT "staff_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE staff_session
  ADD CHECK (proof IN ('password', 'oidc')),
  ADD CHECK (octet_length(secret_hash) = 32),
  ADD CHECK (expires_at > created_at);

-- A one-time password is good until then, and for one sign-in.
ALTER TABLE "app_user" ADD COLUMN "one_time_until" TIMESTAMPTZ(6);
ALTER TABLE "app_user" ADD COLUMN "one_time_used_at" TIMESTAMPTZ(6);

-- Whatever decides what a person may do ends that person's sessions when it changes, whoever changes it: a session keeps the
-- epoch in which the password was checked, and is good in no other.
CREATE FUNCTION end_sessions_of_changed_user() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.session_epoch := greatest(NEW.session_epoch, OLD.session_epoch + 1);
  RETURN NEW;
END $$;
CREATE TRIGGER changed_user_signs_in_again BEFORE UPDATE OF email, role, branch_id, active, password_hash ON app_user
  FOR EACH ROW WHEN ((OLD.email, OLD.role, OLD.branch_id, OLD.active, OLD.password_hash)
    IS DISTINCT FROM (NEW.email, NEW.role, NEW.branch_id, NEW.active, NEW.password_hash))
  EXECUTE FUNCTION end_sessions_of_changed_user();

-- Those that were given out before have a week.
UPDATE app_user SET one_time_until = now() + interval '7 days' WHERE must_change_password;
