-- What sealed statements already hold: the only lines that count as given.
CREATE VIEW sealed_statement_line AS
  SELECT l.*, s.doctor_id
  FROM statement_line l JOIN statement s ON s.id = l.statement_id
  WHERE s.content_hash IS NOT NULL AND s.state <> 'superseded';

-- The sets of a plan's rules: rules of the same validity for one thing, a service or else a category, are the bands of one set: a
-- service's rules are one whatever category stands beside each. `days` is the set's validity without the days of a later set for
-- the same thing, so that at most one of them holds any day. `heads` are the JSON of each band up to its `part`, made once a set
-- instead of once a line.
CREATE VIEW commission_rule_set AS
  WITH sets AS (
    SELECT plan_id, CASE WHEN service_id IS NULL THEN category END AS category, service_id, valid_from, valid_to,
      daterange(valid_from, valid_to) AS validity,
      count(*)::int AS bands,
      array_agg(id ORDER BY band_from) AS rule_ids,
      array_agg(band_from ORDER BY band_from) AS band_froms,
      array_agg(value ORDER BY band_from) AS band_values,
      array_agg(cap_per_line ORDER BY band_from) AS band_caps,
      (array_agg(kind ORDER BY band_from))[1] AS kind,
      array_agg(format('{"ruleId":"%s","kind":"%s","value":"%s","from":"%s","cap":%s,"part":"', id, kind, trim_scale(value), band_from,
        coalesce('"' || cap_per_line || '"', 'null')) ORDER BY band_from) AS heads
    FROM commission_rule
    GROUP BY 1, 2, 3, 4, 5
  )
  SELECT s.rule_ids[1] AS set_id, s.plan_id, s.category, s.service_id, s.kind, s.bands, s.rule_ids, s.band_froms, s.band_values, s.band_caps, s.heads,
    datemultirange(s.validity) - coalesce(
      (SELECT range_agg(t.validity) FROM sets t
       WHERE t.plan_id = s.plan_id AND (t.category, t.service_id) IS NOT DISTINCT FROM (s.category, s.service_id)
         AND (t.valid_from, coalesce(t.valid_to, 'infinity')) > (s.valid_from, coalesce(s.valid_to, 'infinity'))),
      '{}'::datemultirange) AS days
  FROM sets s;

-- The first moment of the unbroken run of sealed months that ends at `p_from`: what arrived late for any of them is carried
-- into the month that begins there. `p_from` itself when the month before is not sealed.
CREATE FUNCTION carry_start(p_from timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  WITH RECURSIVE chain AS (
    SELECT starts_at FROM statement_period WHERE state = 'sealed' AND ends_at = p_from
    UNION ALL
    SELECT p.starts_at FROM statement_period p JOIN chain c ON p.ends_at = c.starts_at WHERE p.state = 'sealed'
  )
  SELECT coalesce(min(starts_at), p_from) FROM chain
$$;

-- Sales that were settled in sealed months, became known after the month's first run, and are in no sealed statement. An
-- order is written in one transaction that may begin before a run and end after it: a day of margin covers the longest.
CREATE FUNCTION late_sales(p_from timestamptz, p_doctors uuid[])
RETURNS TABLE (order_line_id uuid, doctor_id uuid, month_from timestamptz) LANGUAGE sql STABLE AS $$
  SELECT l.id, o.doctor_id, p.starts_at
  FROM statement_period p
  JOIN orders o ON o.settled_at >= p.starts_at AND o.settled_at < p.ends_at AND o.state = 'open' AND o.doctor_id IS NOT NULL
    AND (p_doctors IS NULL OR o.doctor_id = ANY (p_doctors))
    AND greatest(o.created_at, o.settled_at) > (
      SELECT coalesce(min(r.requested_at), '-infinity') FROM statement_run r WHERE r.period_id = p.id) - interval '1 day'
  JOIN order_line l ON l.order_id = o.id
  WHERE p.starts_at >= carry_start(p_from) AND p.ends_at <= p_from
    AND NOT EXISTS (SELECT FROM sealed_statement_line g WHERE g.order_line_id = l.id AND g.kind = 'sale')
$$;

-- Refunds of the months from the carry's start to `p_to` that are in no sealed statement. A line is given back in parts: `given_before` is
-- what was given back of it earlier, `line_net` what it came to. A sealed refund that names no part is of the whole line.
CREATE FUNCTION refunds_to_state(p_from timestamptz, p_to timestamptz, p_doctors uuid[])
RETURNS TABLE (order_line_id uuid, order_id uuid, doctor_id uuid, refunded_at timestamptz, net bigint, sold_at timestamptz, voided boolean,
  refund_line_id uuid, line_net bigint, given_before bigint)
LANGUAGE sql STABLE AS $$
  SELECT l.order_line_id, o.id, o.doctor_id, r.refunded_at, l.net, o.settled_at, o.state = 'voided', l.id, i.net,
    coalesce((SELECT -sum(e.net) FROM refund_line e WHERE e.order_line_id = l.order_line_id AND e.id < l.id), 0)::bigint
  FROM refund r
  JOIN orders o ON o.id = r.order_id AND o.doctor_id IS NOT NULL AND o.settled_at IS NOT NULL
    AND (p_doctors IS NULL OR o.doctor_id = ANY (p_doctors))
  JOIN refund_line l ON l.refund_id = r.id
  JOIN order_line i ON i.id = l.order_line_id
  WHERE r.refunded_at >= carry_start(p_from) AND r.refunded_at < p_to
    AND NOT EXISTS (SELECT FROM sealed_statement_line g WHERE g.order_line_id = l.order_line_id AND g.kind = 'refund'
      AND coalesce(g.refund_line_id, l.id) = l.id)
$$;

-- The pieces of a line that begins at a running revenue of `p_before`: which band each falls into, and how much of it.
CREATE FUNCTION band_parts(p_before bigint, p_net bigint, p_froms bigint[]) RETURNS TABLE (band int, part bigint) LANGUAGE sql IMMUTABLE AS $$
  SELECT k, least(p_before + p_net, coalesce(p_froms[k + 1], p_before + p_net)) - greatest(p_before, p_froms[k])
  FROM generate_series(1, cardinality(p_froms)) k
  WHERE least(p_before + p_net, coalesce(p_froms[k + 1], p_before + p_net)) > greatest(p_before, p_froms[k])
$$;

-- The sales of a month, and those carried into it, under their rules. Each row is one sale with what it gives:
--   its rule set is the one for its service, else for its category, else for `*`, valid on its business day;
--   percent: the doctor's net revenue under one set adds up over the calendar month, taken by moment, then external
--   reference, then position; each band's percent applies to the piece of the line that falls into it; rounded once a line,
--   half away from zero; fixed: an amount a line; `cap_per_line` bounds either.
-- Refunds do not lower the running revenue: a refund takes back what its own line gave and changes no other line.
-- A late sale adds up on top of what its own month had already given when that was sealed, so that it gives what it would
-- have given in time, and no line of the new month changes because of it.
CREATE FUNCTION commission_sales(p_from timestamptz, p_to timestamptz, p_doctors uuid[])
RETURNS TABLE (order_line_id uuid, order_id uuid, doctor_id uuid, settled_at timestamptz, role text, sort_ref text, line_position smallint,
  base bigint, commission bigint, parts jsonb)
LANGUAGE sql STABLE ROWS 50000 AS $$
  WITH zone AS MATERIALIZED (
    SELECT time_zone AS name FROM organisation
  ), rule_set AS MATERIALIZED (
    SELECT * FROM commission_rule_set
  ), late AS MATERIALIZED (
    SELECT * FROM late_sales(p_from, p_doctors)
  ), aside AS MATERIALIZED (
    -- Months before this one that are still open and whose sales are refunded now: calculated, to know what the sale gives.
    SELECT DISTINCT r.doctor_id, date_trunc('month', r.sold_at, z.name) AS month_from
    FROM refunds_to_state(p_from, p_to, p_doctors) r, zone z
    WHERE r.sold_at < p_from AND NOT r.voided
      AND NOT EXISTS (SELECT FROM sealed_statement_line g WHERE g.order_line_id = r.order_line_id AND g.kind = 'sale')
      AND NOT EXISTS (SELECT FROM late t WHERE t.order_line_id = r.order_line_id)
  ), sale AS (
    SELECT l.id AS line_id, o.id AS order_id, o.doctor_id, o.settled_at, 'own' AS role, p_from AS month_from,
      coalesce(o.external_ref, o.number) COLLATE "C" AS ref, l.position, l.service_id, l.net
    FROM orders o JOIN order_line l ON l.order_id = o.id
    WHERE o.settled_at >= p_from AND o.settled_at < p_to AND o.state = 'open' AND o.doctor_id IS NOT NULL
      AND (p_doctors IS NULL OR o.doctor_id = ANY (p_doctors))
    UNION ALL
    SELECT l.id, o.id, o.doctor_id, o.settled_at, 'carried', t.month_from,
      coalesce(o.external_ref, o.number) COLLATE "C", l.position, l.service_id, l.net
    FROM late t JOIN order_line l ON l.id = t.order_line_id JOIN orders o ON o.id = l.order_id
    UNION ALL
    SELECT l.id, o.id, o.doctor_id, o.settled_at, 'aside', a.month_from,
      coalesce(o.external_ref, o.number) COLLATE "C", l.position, l.service_id, l.net
    FROM aside a CROSS JOIN zone z
    JOIN orders o ON o.doctor_id = a.doctor_id AND o.settled_at >= a.month_from AND o.state = 'open'
      AND o.settled_at < date_add(a.month_from, '1 month', z.name)
    JOIN order_line l ON l.order_id = o.id
  ), ruled AS (
    SELECT s.*, coalesce(own.set_id, kin.set_id, rest.set_id) AS set_id
    FROM sale s
    CROSS JOIN zone z
    JOIN doctor d ON d.id = s.doctor_id
    JOIN service v ON v.id = s.service_id
    LEFT JOIN rule_set own ON own.plan_id = d.plan_id AND own.service_id = s.service_id
      AND own.days @> (s.settled_at AT TIME ZONE z.name)::date
    LEFT JOIN rule_set kin ON kin.plan_id = d.plan_id AND kin.service_id IS NULL AND kin.category = v.category
      AND kin.days @> (s.settled_at AT TIME ZONE z.name)::date
    LEFT JOIN rule_set rest ON rest.plan_id = d.plan_id AND rest.service_id IS NULL AND rest.category = '*'
      AND rest.days @> (s.settled_at AT TIME ZONE z.name)::date
  ), given AS MATERIALIZED (
    SELECT g.doctor_id, m.month_from, c.set_id, sum(g.base)::bigint AS net
    FROM (SELECT DISTINCT doctor_id, month_from FROM late) m
    CROSS JOIN zone z
    JOIN sealed_statement_line g ON g.doctor_id = m.doctor_id AND g.kind = 'sale' AND g.settled_at >= m.month_from
      AND g.settled_at < date_add(m.month_from, '1 month', z.name)
    JOIN rule_set c ON (g.parts -> 0 ->> 'ruleId')::uuid = ANY (c.rule_ids)
    GROUP BY g.doctor_id, m.month_from, c.set_id
  ), running AS (
    SELECT r.*, coalesce(g.net, 0) + (sum(r.net) OVER (PARTITION BY r.doctor_id, r.role, r.month_from, r.set_id
      ORDER BY r.settled_at, r.ref, r.order_id, r.position ROWS UNBOUNDED PRECEDING))::bigint - r.net AS before
    FROM ruled r
    LEFT JOIN given g ON r.role = 'carried' AND g.doctor_id = r.doctor_id AND g.month_from = r.month_from AND g.set_id = r.set_id
  ), banded AS (
    -- `band` is where the line begins; `whole` says that it ends there too, which nearly every line does.
    SELECT r.*, c.bands, c.rule_ids, c.band_froms, c.band_values, c.band_caps, c.heads, c.kind, n.band,
      c.kind = 'fixed' OR n.band > 0 AND (n.band = c.bands OR r.before + r.net <= c.band_froms[n.band + 1]) AS whole
    FROM running r
    LEFT JOIN rule_set c ON c.set_id = r.set_id
    CROSS JOIN LATERAL (SELECT CASE WHEN c.kind = 'fixed' THEN 1 ELSE width_bucket(r.before, c.band_froms) END AS band) n
  )
  SELECT r.line_id, r.order_id, r.doctor_id, r.settled_at, r.role, r.ref, r.position, r.net,
    CASE
      WHEN r.set_id IS NULL THEN 0
      WHEN r.kind = 'fixed' THEN least(round(r.band_values[1])::bigint, r.band_caps[1])
      WHEN r.whole THEN least(round(r.net * r.band_values[r.band] / 100)::bigint, r.band_caps[r.band])
      ELSE (
        SELECT coalesce(least(round(sum(p.part * r.band_values[p.band]) / 100)::bigint, min(r.band_caps[p.band])), 0)
        FROM band_parts(r.before, r.net, r.band_froms) p)
    END,
    CASE
      WHEN r.set_id IS NULL THEN '[]'
      WHEN r.whole THEN ('[' || r.heads[r.band] || r.net || '"}]')::jsonb
      ELSE (
        SELECT coalesce(jsonb_agg((r.heads[p.band] || p.part || '"}')::jsonb ORDER BY p.band), '[]')
        FROM band_parts(r.before, r.net, r.band_froms) p)
    END
  FROM banded r
$$;

-- Every line of the statements of [p_from, p_to), which is one calendar month in the organisation's zone; `p_doctors` NULL
-- is all doctors. Sales, and refunds that take back exactly what their sale gave, of a part its part: as sealed where it was sealed, else as
-- calculated. `carried` marks what belongs to an earlier, sealed month. `place` orders a doctor's lines.
CREATE FUNCTION commission_lines(p_from timestamptz, p_to timestamptz, p_doctors uuid[] DEFAULT NULL)
RETURNS TABLE (order_line_id uuid, order_id uuid, doctor_id uuid, settled_at timestamptz, kind text, base bigint, commission bigint,
  parts jsonb, carried boolean, place int, refund_line_id uuid)
LANGUAGE sql STABLE ROWS 50000 SET work_mem = '64MB' SET jit = off AS $$
  WITH sale AS MATERIALIZED (
    SELECT * FROM commission_sales(p_from, p_to, p_doctors)
  ), back AS (
    SELECT r.order_line_id, r.order_id, r.doctor_id, r.refunded_at, r.net, r.refunded_at < p_from AS carried,
      part_given_back(coalesce(g.commission, s.commission), r.line_net, r.given_before, -r.net) AS gave, coalesce(g.parts, s.parts) AS parts,
      r.refund_line_id
    FROM refunds_to_state(p_from, p_to, p_doctors) r
    LEFT JOIN sealed_statement_line g ON g.order_line_id = r.order_line_id AND g.kind = 'sale'
    LEFT JOIN sale s ON s.order_line_id = r.order_line_id
    WHERE g.id IS NOT NULL OR s.order_line_id IS NOT NULL
  ), line AS (
    SELECT s.order_line_id, s.order_id, s.doctor_id, s.settled_at, 'sale' AS kind, s.base, s.commission, s.parts, s.role = 'carried' AS carried,
      s.sort_ref, s.line_position, NULL::uuid AS refund_line_id
    FROM sale s WHERE s.role <> 'aside'
    UNION ALL
    SELECT b.order_line_id, b.order_id, b.doctor_id, b.refunded_at, 'refund', b.net, -b.gave, b.parts, b.carried,
      coalesce(o.external_ref, o.number), l.position, b.refund_line_id
    FROM back b JOIN orders o ON o.id = b.order_id JOIN order_line l ON l.id = b.order_line_id
  )
  SELECT order_line_id, order_id, doctor_id, settled_at, kind, base, commission, parts, carried,
    (row_number() OVER (PARTITION BY doctor_id ORDER BY settled_at, sort_ref COLLATE "C", order_id, kind DESC, line_position, refund_line_id))::int,
    refund_line_id
  FROM line
$$;

-- What the statements of these doctors are calculated from beside sales, refunds and adjustments: plan, rules that hold before p_to, tax
-- rate, threshold, and the categories of the services that were there at p_at. Equal for two moments where the same sales give the same.
CREATE FUNCTION statement_basis(p_doctors uuid[], p_at timestamptz, p_to timestamptz) RETURNS TABLE (doctor_id uuid, basis text) LANGUAGE sql STABLE AS $$
  WITH service_categories AS (
    SELECT md5(coalesce(string_agg(v.id || v.category, ',' ORDER BY v.id), '')) AS facts FROM service v WHERE v.created_at <= p_at
  ), rules AS (
    -- A rule never changes.
    SELECT r.plan_id, md5(string_agg(r.id::text, ',' ORDER BY r.id)) AS facts
    FROM commission_rule r CROSS JOIN organisation g
    WHERE r.plan_id IN (SELECT d.plan_id FROM doctor d WHERE d.id = ANY (p_doctors)) AND r.valid_from < (p_to AT TIME ZONE g.time_zone)::date
    GROUP BY r.plan_id
  )
  SELECT d.id, md5(jsonb_build_array(d.plan_id, r.facts, trim_scale(d.tax_rate), g.withholding_threshold, c.facts)::text)
  FROM doctor d CROSS JOIN organisation g CROSS JOIN service_categories c LEFT JOIN rules r ON r.plan_id = d.plan_id
  WHERE d.id = ANY (p_doctors)
$$;
