-- The relay takes a share of each name, so that thousands of events of one name hold up no other.
CREATE INDEX outbox_event_waiting ON outbox_event (name, not_before, id) WHERE published_at IS NULL;
DROP INDEX outbox_event_unpublished;
