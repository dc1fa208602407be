-- A guard reads the portal's own tables, whatever its caller has: the application's role may make temporary tables (uploads do), and
-- those are found before ours wherever a name stands without its schema. `pg_temp` comes last, so that it hides nothing.
DO $$
DECLARE guard regprocedure;
BEGIN
  FOR guard IN
    SELECT DISTINCT t.tgfoid::regprocedure FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
  LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', guard);
  END LOOP;
END $$;
