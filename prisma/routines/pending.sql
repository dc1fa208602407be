-- Everything that waits for somebody: of what kind, where it is done, of which branch (null: of none), for whom alone (null: for all who
-- may), who must not do it, and since when. Each module says what waits of its own.
CREATE VIEW pending AS
  SELECT * FROM pending_shifts
  UNION ALL SELECT * FROM pending_approvals
  UNION ALL SELECT * FROM pending_uploads
  UNION ALL SELECT * FROM pending_statements
  UNION ALL SELECT * FROM pending_runs
  UNION ALL SELECT * FROM pending_messages;
