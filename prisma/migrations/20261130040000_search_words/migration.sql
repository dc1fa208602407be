-- Searching by words: the words of a row, each by itself, in an index that finds those that begin with what is typed. The trigrams that
-- stood here before were read in their thousands for a name of three common words.

-- The words of a text: lower case, no accents (đ is d), parted at every space and ASCII sign. `foldText` and `searchWords` in
-- server/domain make the same of what is typed.
CREATE FUNCTION search_words(value text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN array_to_tsvector(array_remove(string_to_array(
    translate(search_key(value), '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)), ' '), ''));

-- Every two words of a name, in both orders, as one: names are made of few words, of which each is the word of very many people; two
-- of them together are few. `+hoang trang` and `+trang hoang`; no word begins with the sign.
CREATE FUNCTION word_pairs(value text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (
    SELECT array_to_tsvector(coalesce(array_agg('+' || one || ' ' || other), '{}'))
    FROM unnest((tsvector_to_array(search_words(value)))[1:8]) one, unnest((tsvector_to_array(search_words(value)))[1:8]) other
    WHERE one <> other);

-- A phone is a word without what may stand before it, a day of birth one of eight digits that begins with its year.
ALTER TABLE "patient" ADD COLUMN "search_words" TSVECTOR NOT NULL GENERATED ALWAYS AS (search_words(
  full_name || ' ' || code || ' ' || regexp_replace(phone, '^\+84', '') || ' ' ||
  (extract(year FROM dob) * 10000 + extract(month FROM dob) * 100 + extract(day FROM dob))::int) || word_pairs(full_name)) STORED;
ALTER TABLE "doctor" ADD COLUMN "search_words" TSVECTOR NOT NULL GENERATED ALWAYS AS (search_words(
  name || ' ' || code || ' ' || coalesce(regexp_replace(phone, '^\+84', ''), '') || ' ' || coalesce(email, '')) || word_pairs(name)) STORED;
ALTER TABLE "customer" ADD COLUMN "search_words" TSVECTOR NOT NULL GENERATED ALWAYS AS (search_words(
  name || ' ' || code || ' ' || coalesce(regexp_replace(phone, '^\+84', ''), '') || ' ' || coalesce(tax_code, ''))) STORED;
ALTER TABLE "service" ADD COLUMN "search_words" TSVECTOR NOT NULL GENERATED ALWAYS AS (search_words(
  code || ' ' || name_vi || ' ' || name_en)) STORED;
ALTER TABLE "upload" ADD COLUMN "search_words" TSVECTOR NOT NULL GENERATED ALWAYS AS (search_words(file_name)) STORED;

-- The columns of before stay for who still runs; their indexes go, for each row written paid for them.
DROP INDEX "patient_search_text_idx";
DROP INDEX "doctor_search_text_idx";
DROP INDEX "customer_search_text_idx";
DROP INDEX "service_search_text_idx";
CREATE INDEX "patient_search_words_idx" ON "patient" USING GIN ("search_words");
CREATE INDEX "doctor_search_words_idx" ON "doctor" USING GIN ("search_words");
CREATE INDEX "customer_search_words_idx" ON "customer" USING GIN ("search_words");
CREATE INDEX "service_search_words_idx" ON "service" USING GIN ("search_words");
CREATE INDEX "upload_search_words_idx" ON "upload" USING GIN ("search_words");
