-- A statement has one live link.
CREATE UNIQUE INDEX statement_link_one_live ON statement_link (statement_id) WHERE revoked_at IS NULL;

-- A page that a browser really ran says so: what machines fetch never does.
ALTER TABLE link_event DROP CONSTRAINT link_event_kind_check;
ALTER TABLE link_event ADD CONSTRAINT link_event_kind_check CHECK (kind IN
  ('sent', 'opened', 'confirmed', 'otp-requested', 'verified', 'failed', 'viewed', 'downloaded', 'disputed', 'revoked'));

-- Who is sending holds the row for a while, so that twenty deliveries of one event send once, and a crash frees it again.
ALTER TABLE "otp_challenge" ADD COLUMN "claimed_until" TIMESTAMPTZ(6);
ALTER TABLE "message" ADD COLUMN "claimed_until" TIMESTAMPTZ(6);

-- What the events of a link add up to: made again from them whenever more arrive.
CREATE TABLE "link_activity" (
    "link_id" UUID NOT NULL,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "machine_visits" INTEGER NOT NULL DEFAULT 0,
    "browsers" INTEGER NOT NULL DEFAULT 0,
    "verified" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "viewed" INTEGER NOT NULL DEFAULT 0,
    "downloaded" INTEGER NOT NULL DEFAULT 0,
    "first_opened_at" TIMESTAMPTZ(6),
    "last_seen_at" TIMESTAMPTZ(6),
    "forwarded_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "link_activity_pkey" PRIMARY KEY ("link_id")
);
ALTER TABLE "link_activity" ADD CONSTRAINT "link_activity_link_id_fkey"
  FOREIGN KEY ("link_id") REFERENCES "statement_link"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
