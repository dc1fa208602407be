-- The price of one service on a day: the one calculation that the till, the upload and the preview share.
-- Of the published versions whose [valid_from, valid_to) holds the day, the most specific scope that lists the service
-- wins (customer, tier, branch, all); within a scope the latest valid_from. No row = no price, which is never zero.
-- Written as one inlineable query, so that a join over a whole sheet stays one plan.
CREATE FUNCTION price_in_force(p_service uuid, p_branch uuid, p_customer uuid, p_tier text, p_day date)
RETURNS TABLE (item_id uuid, price bigint, currency char(3), rate_card_id uuid, version_id uuid, scope text,
  rate_card text, valid_from date, valid_to date)
LANGUAGE sql STABLE AS $$
  SELECT i.id, i.price, c.currency, c.id, v.id, c.scope, c.code, v.valid_from, v.valid_to
  FROM rate_card_item i
  JOIN rate_card_version v ON v.id = i.version_id
  JOIN rate_card c ON c.id = v.rate_card_id
  WHERE i.service_id = p_service
    AND v.state = 'published'
    AND v.valid_from <= p_day
    AND (v.valid_to IS NULL OR v.valid_to > p_day)
    AND (c.scope = 'all'
      OR (c.scope = 'branch' AND c.branch_id = p_branch)
      OR (c.scope = 'tier' AND c.tier = p_tier)
      OR (c.scope = 'customer' AND c.customer_id = p_customer))
  ORDER BY CASE c.scope WHEN 'customer' THEN 0 WHEN 'tier' THEN 1 WHEN 'branch' THEN 2 ELSE 3 END,
    v.valid_from DESC, v.published_at DESC, v.id DESC
  LIMIT 1
$$;
