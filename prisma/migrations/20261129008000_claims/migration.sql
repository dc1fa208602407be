-- What is claimed must be found when its claim runs out, however many rows there are.
CREATE INDEX message_queued ON message (claimed_until) WHERE state = 'queued';

-- When an upload came into its state, or its check was last heard of.
ALTER TABLE "upload" ADD COLUMN "state_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- The message box drops a text that it has, as a gateway does by the key of a text.
ALTER TABLE "local_message" ADD COLUMN "key" TEXT;
CREATE UNIQUE INDEX "local_message_key_key" ON "local_message"("key");
