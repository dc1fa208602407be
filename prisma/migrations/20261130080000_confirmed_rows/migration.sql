-- What a row comes to, as it was shown before the upload was confirmed: null for rows checked by a former version.
ALTER TABLE upload_row ADD COLUMN net bigint CONSTRAINT upload_row_net_check CHECK (net >= 0);
