-- What a draft was calculated from beside its sales, as one figure to compare with: null for drafts of a former version.
ALTER TABLE statement ADD COLUMN basis text CONSTRAINT statement_basis_check CHECK (basis ~ '^[0-9a-f]{32}$');
