-- What is odd about a row that may yet be right, such as more cells than there are titles. Rows from before have nothing to say.
ALTER TABLE "upload_row" ADD COLUMN "warning" TEXT;
