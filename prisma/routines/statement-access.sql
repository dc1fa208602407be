-- What operations show of a doctor's link and of a code: the statement that they open.
CREATE VIEW subject_statement_link AS
  SELECT l.id, s.label, s.reference, s.address, s.branch_id FROM statement_link l JOIN subject_statement s ON s.id = l.statement_id;
CREATE VIEW impact_statement_link AS
  SELECT l.id, r.thing, r.person, r.money, r.tier FROM statement_link l JOIN impact_statement r ON r.id = l.statement_id;
CREATE VIEW subject_otp_challenge AS
  SELECT c.id, s.label, s.reference, s.address, s.branch_id FROM otp_challenge c JOIN subject_statement_link s ON s.id = c.link_id;
CREATE VIEW impact_otp_challenge AS
  SELECT c.id, r.thing, r.person, r.money, r.tier FROM otp_challenge c JOIN impact_statement_link r ON r.id = c.link_id;

-- An expired code is no longer wanted.
CREATE FUNCTION effect_otp(p_challenge uuid, p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT c.sent_at, true, c.expires_at > now(), NULL::int, NULL::int FROM otp_challenge c WHERE c.id = p_challenge
  UNION ALL SELECT NULL, true, false, NULL, NULL WHERE NOT EXISTS (SELECT FROM otp_challenge WHERE id = p_challenge)
$$;
-- What the act itself recorded in the audit trail needs no second entry.
CREATE FUNCTION effect_link_event(p_event uuid, p_key text)
RETURNS TABLE (done_at timestamptz, applies boolean, possible boolean, done int, left_over int) LANGUAGE sql STABLE AS $$
  SELECT effect_claimed_at(p_key), EXISTS (
    SELECT FROM link_event l WHERE l.id = p_event AND l.kind NOT IN ('otp-requested', 'verified', 'failed', 'revoked')), true, NULL::int, NULL::int
$$;
