CREATE VIEW issue_messages AS
  SELECT 'messages-failed' AS kind, count(*)::int AS count, min(created_at) AS since, NULL::bigint AS money
  FROM message WHERE state = 'failed' AND created_at > now() - interval '30 days' HAVING count(*) > 0;

-- A message under its own key: `message:<dedupe key>`.
CREATE FUNCTION effect_message(p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT (SELECT m.sent_at FROM message m WHERE m.dedupe_key = substr(p_key, length('message:') + 1) AND m.state = 'sent'), true, true, NULL::int, NULL::int
$$;

-- Messages that did not arrive wait for those who look after them (`pending`).
CREATE VIEW pending_messages AS
  SELECT 'messages-failed' AS kind, '/operations/messages' AS address, NULL::uuid AS branch_id, NULL::uuid AS only_for, '{}'::uuid[] AS not_for,
    created_at AS since
  FROM message WHERE state = 'failed' AND created_at > now() - interval '30 days';
