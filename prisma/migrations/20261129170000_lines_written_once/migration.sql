-- Two transactions that each write the lines of one order passed each other: neither saw what the other had not committed. Who writes
-- lines of an order that another transaction wrote now waits for all who do, and counts again. A sale and an upload write the order
-- themselves: nobody else can see it, and they pay nothing. A snapshot from before the wait would count what is no longer so.
CREATE OR REPLACE FUNCTION guard_order_lines() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM orders o
  WHERE o.id IN (SELECT a.order_id FROM added a) AND o.xmin <> pg_current_xact_id()::xid ORDER BY o.id FOR NO KEY UPDATE;
  IF FOUND AND current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'lines are written with their order' USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (
    SELECT FROM (
      SELECT order_id, count(*) AS lines, sum(list_price) AS list_total, sum(discount) AS discount_total, sum(net) AS net_total
      FROM added GROUP BY order_id
    ) a
    JOIN orders o ON o.id = a.order_id
    WHERE (a.list_total, a.discount_total, a.net_total) IS DISTINCT FROM (o.list_total, o.discount_total, o.net_total)
      OR a.lines <> (SELECT count(*) FROM order_line l WHERE l.order_id = a.order_id)
  ) THEN
    RAISE EXCEPTION 'the lines of an order are written once and come to its total' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
