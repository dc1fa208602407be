CREATE FUNCTION patient_code() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT 'P' || lpad(nextval('patient_code_seq')::text, 7, '0')
$$;

CREATE TYPE person_to_register AS (full_name text, name_key text, dob date, sex text, phone text);

-- Registers those that are unknown by phone, birth date and name; returns how many. Given in one order, so that two who
-- register the same people never wait in a circle.
CREATE FUNCTION register_patients(p_people person_to_register[]) RETURNS int LANGUAGE plpgsql AS $$
DECLARE made int;
BEGIN
  INSERT INTO patient (code, full_name, name_key, dob, sex, phone)
  SELECT patient_code(), p.full_name, p.name_key, p.dob, p.sex, p.phone
  FROM unnest(p_people) WITH ORDINALITY AS p (full_name, name_key, dob, sex, phone, place) ORDER BY p.place
  ON CONFLICT (phone, dob, name_key) DO NOTHING;
  GET DIAGNOSTICS made = ROW_COUNT;
  RETURN made;
END $$;
