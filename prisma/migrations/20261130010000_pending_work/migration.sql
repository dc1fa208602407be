-- What waits for somebody is asked for by every open screen: it must not be looked for among all that was.
CREATE INDEX shift_unaccepted ON shift (state) WHERE state <> 'accepted';
CREATE INDEX statement_unpublished ON statement (state, period_id) WHERE state IN ('draft', 'reviewed', 'approved');
CREATE INDEX message_failed ON message (created_at) WHERE state = 'failed';
