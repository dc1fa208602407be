-- NOTIFY inside a transaction takes one lock for the whole database until its commit is on the disk: all sales of all branches
-- went one after the other. Who commits events wakes the relay afterwards (server/platform/news.ts); a sweep stands behind.
DROP TRIGGER nudge ON outbox_event;
DROP FUNCTION outbox_nudge();
