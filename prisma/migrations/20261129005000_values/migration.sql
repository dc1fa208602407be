-- Values at every door: text is plain and capped, currencies are of ISO 4217, a plan's bands make sense. The application refuses all
-- of this before, with sentences by row and column; what stands here is the net under every door, also those to come.

-- ── Text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
-- What server/domain/text.ts makes of what people write: nothing invisible, one kind of space and none at the ends, full-width
-- forms as ASCII, marks composed. Used by constraints, so it is a fixed function of its text.
CREATE FUNCTION plain_text(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN normalize(btrim(regexp_replace(regexp_replace(translate(value,
      '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～',
      '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~'),
    '[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]', '', 'g'),
    '[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g')), NFC);

-- Whether a text may be kept: plain as above, no longer than its cap (server/domain/caps.ts).
CREATE FUNCTION is_plain_text(value text, most int) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN char_length(value) <= most AND (value ~ '^[\u0021-\u007e]*$' OR value = plain_text(value));

-- As is_plain_text(), of a text that may have several lines.
CREATE FUNCTION is_plain_note(value text, most int) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN char_length(value) <= most AND value = btrim(value, E'\n')
    AND value = regexp_replace(plain_text(replace(value, E'\n', U&'\E000')), U&' ?\E000 ?', E'\n', 'g');

-- What was kept before this rule is made plain where that is possible; a code or reference that would meet another stays as it is,
-- which is why the constraints bind only what is written from now on (NOT VALID).
UPDATE branch x SET code = plain_text(code) WHERE code <> plain_text(code) AND NOT EXISTS (SELECT FROM branch o WHERE o.code = plain_text(x.code));
UPDATE branch x SET name_vi = plain_text(name_vi) WHERE name_vi <> plain_text(name_vi);
UPDATE branch x SET name_en = plain_text(name_en) WHERE name_en <> plain_text(name_en);
UPDATE organisation x SET name_vi = plain_text(name_vi) WHERE name_vi <> plain_text(name_vi);
UPDATE organisation x SET name_en = plain_text(name_en) WHERE name_en <> plain_text(name_en);
UPDATE organisation x SET address = plain_text(address) WHERE address <> plain_text(address);
UPDATE organisation x SET phone = plain_text(phone) WHERE phone <> plain_text(phone);
UPDATE organisation x SET tax_code = plain_text(tax_code) WHERE tax_code <> plain_text(tax_code);
UPDATE organisation x SET time_zone = plain_text(time_zone) WHERE time_zone <> plain_text(time_zone);
UPDATE app_user x SET email = plain_text(email) WHERE email <> plain_text(email) AND NOT EXISTS (SELECT FROM app_user o WHERE o.email = plain_text(x.email));
UPDATE app_user x SET name = plain_text(name) WHERE name <> plain_text(name);
UPDATE patient p SET full_name = plain_text(full_name), name_key = search_key(plain_text(full_name))
  WHERE full_name <> plain_text(full_name) AND NOT EXISTS (SELECT FROM patient o WHERE o.id <> p.id AND o.phone = p.phone AND o.dob = p.dob
    AND o.name_key = search_key(plain_text(p.full_name)));
UPDATE patient x SET email = plain_text(email) WHERE email <> plain_text(email);
UPDATE patient x SET address = plain_text(address) WHERE address <> plain_text(address);
UPDATE doctor x SET code = plain_text(code) WHERE code <> plain_text(code) AND NOT EXISTS (SELECT FROM doctor o WHERE o.code = plain_text(x.code));
UPDATE doctor x SET name = plain_text(name) WHERE name <> plain_text(name);
UPDATE doctor x SET phone = plain_text(phone) WHERE phone <> plain_text(phone);
UPDATE doctor x SET email = plain_text(email) WHERE email <> plain_text(email);
UPDATE customer x SET code = plain_text(code) WHERE code <> plain_text(code) AND NOT EXISTS (SELECT FROM customer o WHERE o.code = plain_text(x.code));
UPDATE customer x SET name = plain_text(name) WHERE name <> plain_text(name);
UPDATE customer x SET tax_code = plain_text(tax_code) WHERE tax_code <> plain_text(tax_code);
UPDATE customer x SET email = plain_text(email) WHERE email <> plain_text(email);
UPDATE customer x SET phone = plain_text(phone) WHERE phone <> plain_text(phone);
UPDATE service x SET code = plain_text(code) WHERE code <> plain_text(code) AND NOT EXISTS (SELECT FROM service o WHERE o.code = plain_text(x.code));
UPDATE service x SET name_vi = plain_text(name_vi) WHERE name_vi <> plain_text(name_vi);
UPDATE service x SET name_en = plain_text(name_en) WHERE name_en <> plain_text(name_en);
UPDATE service x SET category = plain_text(category) WHERE category <> plain_text(category);
UPDATE rate_card x SET code = plain_text(code) WHERE code <> plain_text(code) AND NOT EXISTS (SELECT FROM rate_card o WHERE o.code = plain_text(x.code));
UPDATE till x SET code = plain_text(code) WHERE code <> plain_text(code);
UPDATE till x SET name = plain_text(name) WHERE name <> plain_text(name);
UPDATE orders x SET external_ref = plain_text(external_ref) WHERE external_ref <> plain_text(external_ref) AND NOT EXISTS (SELECT FROM orders o WHERE o.external_ref = plain_text(x.external_ref));
UPDATE upload x SET file_name = plain_text(file_name) WHERE file_name <> plain_text(file_name);

ALTER TABLE branch
  ADD CONSTRAINT branch_code_plain CHECK (is_plain_text(code, 20) AND code <> '') NOT VALID,
  ADD CONSTRAINT branch_name_vi_plain CHECK (is_plain_text(name_vi, 120) AND name_vi <> '') NOT VALID,
  ADD CONSTRAINT branch_name_en_plain CHECK (is_plain_text(name_en, 120) AND name_en <> '') NOT VALID;
ALTER TABLE organisation
  ADD CONSTRAINT organisation_name_vi_plain CHECK (is_plain_text(name_vi, 120) AND name_vi <> '') NOT VALID,
  ADD CONSTRAINT organisation_name_en_plain CHECK (is_plain_text(name_en, 120) AND name_en <> '') NOT VALID,
  ADD CONSTRAINT organisation_address_plain CHECK (is_plain_text(address, 300)) NOT VALID,
  ADD CONSTRAINT organisation_phone_plain CHECK (is_plain_text(phone, 60)) NOT VALID,
  ADD CONSTRAINT organisation_tax_code_plain CHECK (is_plain_text(tax_code, 30)) NOT VALID,
  ADD CONSTRAINT organisation_time_zone_plain CHECK (is_plain_text(time_zone, 60)) NOT VALID;
ALTER TABLE app_user
  ADD CONSTRAINT app_user_email_plain CHECK (is_plain_text(email, 200) AND email <> '') NOT VALID,
  ADD CONSTRAINT app_user_name_plain CHECK (is_plain_text(name, 120) AND name <> '') NOT VALID;
ALTER TABLE patient
  ADD CONSTRAINT patient_full_name_plain CHECK (is_plain_text(full_name, 120) AND full_name <> '') NOT VALID,
  ADD CONSTRAINT patient_email_plain CHECK (is_plain_text(email, 200) AND email <> '') NOT VALID,
  ADD CONSTRAINT patient_address_plain CHECK (is_plain_text(address, 300)) NOT VALID;
ALTER TABLE doctor
  ADD CONSTRAINT doctor_code_plain CHECK (is_plain_text(code, 40) AND code <> '') NOT VALID,
  ADD CONSTRAINT doctor_name_plain CHECK (is_plain_text(name, 200) AND name <> '') NOT VALID,
  ADD CONSTRAINT doctor_phone_plain CHECK (is_plain_text(phone, 60)) NOT VALID,
  ADD CONSTRAINT doctor_email_plain CHECK (is_plain_text(email, 200) AND email <> '') NOT VALID;
ALTER TABLE customer
  ADD CONSTRAINT customer_code_plain CHECK (is_plain_text(code, 40) AND code <> '') NOT VALID,
  ADD CONSTRAINT customer_name_plain CHECK (is_plain_text(name, 200) AND name <> '') NOT VALID,
  ADD CONSTRAINT customer_tax_code_plain CHECK (is_plain_text(tax_code, 30)) NOT VALID,
  ADD CONSTRAINT customer_email_plain CHECK (is_plain_text(email, 200) AND email <> '') NOT VALID,
  ADD CONSTRAINT customer_phone_plain CHECK (is_plain_text(phone, 60)) NOT VALID;
ALTER TABLE service
  ADD CONSTRAINT service_code_plain CHECK (is_plain_text(code, 40) AND code <> '') NOT VALID,
  ADD CONSTRAINT service_name_vi_plain CHECK (is_plain_text(name_vi, 200) AND name_vi <> '') NOT VALID,
  ADD CONSTRAINT service_name_en_plain CHECK (is_plain_text(name_en, 200) AND name_en <> '') NOT VALID,
  ADD CONSTRAINT service_category_plain CHECK (is_plain_text(category, 60) AND category <> '') NOT VALID;
ALTER TABLE rate_card
  ADD CONSTRAINT rate_card_code_plain CHECK (is_plain_text(code, 60) AND code <> '') NOT VALID;
ALTER TABLE commission_plan
  ADD CONSTRAINT commission_plan_code_plain CHECK (is_plain_text(code, 40) AND code <> '') NOT VALID;
ALTER TABLE commission_rule
  ADD CONSTRAINT commission_rule_category_plain CHECK (is_plain_text(category, 60) AND category <> '') NOT VALID;
ALTER TABLE till
  ADD CONSTRAINT till_code_plain CHECK (is_plain_text(code, 20) AND code <> '') NOT VALID,
  ADD CONSTRAINT till_name_plain CHECK (is_plain_text(name, 120) AND name <> '') NOT VALID;
ALTER TABLE orders
  ADD CONSTRAINT orders_external_ref_plain CHECK (is_plain_text(external_ref, 100)) NOT VALID,
  ADD CONSTRAINT orders_note_plain CHECK (is_plain_note(note, 500)) NOT VALID;
ALTER TABLE payment
  ADD CONSTRAINT payment_reference_plain CHECK (is_plain_text(reference, 100)) NOT VALID;
ALTER TABLE drawer_entry
  ADD CONSTRAINT drawer_entry_reason_plain CHECK (is_plain_text(reason, 300)) NOT VALID;
ALTER TABLE upload
  ADD CONSTRAINT upload_file_name_plain CHECK (is_plain_text(file_name, 200)) NOT VALID;
ALTER TABLE function_pause
  ADD CONSTRAINT function_pause_function_id_plain CHECK (is_plain_text(function_id, 100)) NOT VALID,
  ADD CONSTRAINT function_pause_reason_plain CHECK (is_plain_note(reason, 300)) NOT VALID;
ALTER TABLE refund ADD CONSTRAINT refund_reason_plain CHECK (is_plain_note(reason, 300)) NOT VALID;
ALTER TABLE adjustment ADD CONSTRAINT adjustment_reason_plain CHECK (is_plain_note(reason, 300)) NOT VALID;
ALTER TABLE organisation ADD CONSTRAINT organisation_language CHECK (default_language IN ('vi', 'en')) NOT VALID;

-- ── Currencies ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- The list of server/domain/currency.ts: ISO 4217, in circulation.
CREATE FUNCTION is_currency(code text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN code IN (
    'AED', 'AFN', 'ALL', 'AMD', 'AOA', 'ARS', 'AUD', 'AWG', 'AZN', 'BAM', 'BBD', 'BDT', 'BHD', 'BIF', 'BMD', 'BND', 'BOB',
    'BRL', 'BSD', 'BTN', 'BWP', 'BYN', 'BZD', 'CAD', 'CDF', 'CHF', 'CLP', 'CNY', 'COP', 'CRC', 'CUP', 'CVE', 'CZK', 'DJF',
    'DKK', 'DOP', 'DZD', 'EGP', 'ERN', 'ETB', 'EUR', 'FJD', 'FKP', 'GBP', 'GEL', 'GHS', 'GIP', 'GMD', 'GNF', 'GTQ', 'GYD',
    'HKD', 'HNL', 'HTG', 'HUF', 'IDR', 'ILS', 'INR', 'IQD', 'IRR', 'ISK', 'JMD', 'JOD', 'JPY', 'KES', 'KGS', 'KHR', 'KMF',
    'KPW', 'KRW', 'KWD', 'KYD', 'KZT', 'LAK', 'LBP', 'LKR', 'LRD', 'LSL', 'LYD', 'MAD', 'MDL', 'MGA', 'MKD', 'MMK', 'MNT',
    'MOP', 'MRU', 'MUR', 'MVR', 'MWK', 'MXN', 'MYR', 'MZN', 'NAD', 'NGN', 'NIO', 'NOK', 'NPR', 'NZD', 'OMR', 'PAB', 'PEN',
    'PGK', 'PHP', 'PKR', 'PLN', 'PYG', 'QAR', 'RON', 'RSD', 'RUB', 'RWF', 'SAR', 'SBD', 'SCR', 'SDG', 'SEK', 'SGD', 'SHP',
    'SLE', 'SOS', 'SRD', 'SSP', 'STN', 'SVC', 'SYP', 'SZL', 'THB', 'TJS', 'TMT', 'TND', 'TOP', 'TRY', 'TTD', 'TWD', 'TZS',
    'UAH', 'UGX', 'USD', 'UYU', 'UZS', 'VES', 'VND', 'VUV', 'WST', 'XAF', 'XCD', 'XCG', 'XOF', 'XPF', 'YER', 'ZAR', 'ZMW',
    'ZWG');

-- What was published in another spelling was no price for anybody: nothing was sold by it.
UPDATE organisation SET currency = upper(currency) WHERE currency <> upper(currency) AND is_currency(upper(currency::text));
UPDATE rate_card SET currency = upper(currency) WHERE currency <> upper(currency) AND is_currency(upper(currency::text));
UPDATE rate_card SET currency = 'VND' WHERE upper(currency) = 'VNĐ';
ALTER TABLE organisation ADD CONSTRAINT organisation_currency CHECK (is_currency(currency::text)) NOT VALID;
ALTER TABLE rate_card ADD CONSTRAINT rate_card_currency CHECK (is_currency(currency::text)) NOT VALID;

-- A bill has one currency, the organisation's: a price in another is refused when it is published, and the organisation keeps its
-- currency once there are prices in it.
CREATE FUNCTION guard_currency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'rate_card' THEN
    IF EXISTS (SELECT FROM organisation o WHERE o.currency <> NEW.currency) THEN
      RAISE EXCEPTION 'a rate card has the currency of the organisation' USING ERRCODE = 'check_violation', CONSTRAINT = 'rate_card_currency';
    END IF;
  ELSIF EXISTS (SELECT FROM rate_card c WHERE c.currency <> NEW.currency) OR EXISTS (SELECT FROM orders r WHERE r.currency <> NEW.currency) THEN
    RAISE EXCEPTION 'the organisation keeps the currency of its prices' USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_currency';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER one_currency BEFORE INSERT OR UPDATE OF currency ON rate_card FOR EACH ROW EXECUTE FUNCTION guard_currency();
CREATE TRIGGER one_currency BEFORE UPDATE OF currency ON organisation FOR EACH ROW
  WHEN (OLD.currency IS DISTINCT FROM NEW.currency) EXECUTE FUNCTION guard_currency();

-- Elsewhere money takes its currency from a rate card or the organisation; the form alone is held.
ALTER TABLE orders ADD CONSTRAINT orders_currency CHECK (currency ~ '^[A-Z]{3}$') NOT VALID;
ALTER TABLE payment ADD CONSTRAINT payment_currency CHECK (currency ~ '^[A-Z]{3}$') NOT VALID;
ALTER TABLE drawer_entry ADD CONSTRAINT drawer_entry_currency CHECK (currency ~ '^[A-Z]{3}$') NOT VALID;
ALTER TABLE revenue_posting ADD CONSTRAINT revenue_posting_currency CHECK (currency ~ '^[A-Z]{3}$') NOT VALID;
ALTER TABLE shift ADD CONSTRAINT shift_currency CHECK (currency ~ '^[A-Z]{3}$') NOT VALID;
ALTER TABLE statement ADD CONSTRAINT statement_currency CHECK (currency ~ '^[A-Z]{3}$') NOT VALID;
ALTER TABLE adjustment ADD CONSTRAINT adjustment_currency CHECK (currency ~ '^[A-Z]{3}$') NOT VALID;
ALTER TABLE upload ADD CONSTRAINT upload_currency CHECK (currency ~ '^[A-Z]{3}$') NOT VALID;

-- ── Prices and commission ────────────────────────────────────────────────────────────────────────────────────────────
-- More than a billion minor units is no price but a phone or a reference in the wrong column.
ALTER TABLE rate_card_item ADD CONSTRAINT rate_card_item_price CHECK (price BETWEEN 0 AND 1000000000) NOT VALID;
ALTER TABLE commission_rule
  ADD CONSTRAINT commission_rule_percent CHECK (kind <> 'percent' OR value <= 100) NOT VALID,
  ADD CONSTRAINT commission_rule_fixed CHECK (kind <> 'fixed' OR (value = trunc(value) AND value <= 1000000000 AND band_from = 0)) NOT VALID,
  ADD CONSTRAINT commission_rule_limits CHECK (band_from <= 1000000000000 AND coalesce(cap_per_line, 0) <= 1000000000) NOT VALID;

-- The rules of one thing (a service, else a category) that begin on one day are one set: one kind, one end, bands from 0 on. A set
-- with an end overlaps no other; one that is open ends where the next begins. Looked at when a transaction ends: its bands
-- are written in any order.
CREATE FUNCTION check_commission_set() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_sets record;
BEGIN
  SELECT count(DISTINCT r.kind) FILTER (WHERE r.valid_from = NEW.valid_from) AS kinds,
    count(DISTINCT coalesce(r.valid_to, 'infinity')) FILTER (WHERE r.valid_from = NEW.valid_from) AS ends,
    min(r.band_from) FILTER (WHERE r.valid_from = NEW.valid_from) AS lowest,
    bool_or(r.valid_from < NEW.valid_from AND r.valid_to > NEW.valid_from
      OR r.valid_from > NEW.valid_from AND NEW.valid_to > r.valid_from) AS overlaps
  INTO v_sets
  FROM commission_rule r
  WHERE r.plan_id = NEW.plan_id AND r.service_id IS NOT DISTINCT FROM NEW.service_id
    AND (NEW.service_id IS NOT NULL OR r.category = NEW.category);
  IF v_sets.kinds > 1 OR v_sets.ends > 1 OR v_sets.lowest > 0 OR v_sets.overlaps THEN
    RAISE EXCEPTION 'the rules of a plan for one thing are one set a day: one kind, one end, bands from 0, no overlap'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'commission_rule_set';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER one_set AFTER INSERT ON commission_rule
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_commission_set();
