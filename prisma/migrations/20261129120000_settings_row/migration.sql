-- The organisation's one row of settings is always there: statements join it, and nobody has to be the first to ask.
INSERT INTO organisation (id, name_vi, name_en) VALUES (1, 'Sapoche', 'Sapoche') ON CONFLICT DO NOTHING;
