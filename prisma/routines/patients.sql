CREATE FUNCTION patient_code() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT 'P' || lpad(nextval('patient_code_seq')::text, 7, '0')
$$;
